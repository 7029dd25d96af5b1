import Foundation
import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A TCP server on loopback whose script decides about every byte and the end of every connection.
///
/// Each connection has a thread of its own, on which the script may block. A class, because it ends with the last
/// reference.
final class LoopbackServer: Sendable {
    private struct State: Sendable {
        var connections: [LoopbackConnection] = []
        var requests: [LoopbackRequest] = []
    }

    let port: UInt16
    private let listener: Int32
    private let state: Locked<State>

    /// Runs `script` for each connection; it is closed when the script ends or throws.
    init(_ script: @escaping @Sendable (LoopbackConnection) throws -> Void) throws {
        let state = Locked(State())
        let (listener, port) = try Self.listen()
        Thread.detachNewThread {
            while true {
                let number = accept(listener, nil, nil)
                // Shut down, not yet closed: the number is still this listener's.
                guard number >= 0 else { break }
                let connection = state.withLock { state in
                    let connection = LoopbackConnection(number, index: state.connections.count)
                    state.connections.append(connection)
                    return connection
                }
                connection.note = { request in state.withLock { $0.requests.append(request) } }
                Thread.detachNewThread {
                    // A script ends by an error when the client goes, which the test looks at from the other side.
                    try? script(connection)
                    connection.close()
                }
            }
            _ = systemClose(listener)
        }
        self.listener = listener
        self.port = port
        self.state = state
    }

    /// A server that answers every request, and keeps its connections.
    static func answering(_ answer: @escaping @Sendable (LoopbackRequest) -> String) throws -> LoopbackServer {
        try LoopbackServer { connection in
            while let request = try connection.request() { try connection.write(answer(request)) }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in state.withLock(\.connections) { connection.shutDown() }
    }

    /// Whatever was read as a whole, in order.
    var requests: [LoopbackRequest] { state.withLock(\.requests) }

    /// How many connections there were.
    var connections: Int { state.withLock(\.connections.count) }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// A port at which nobody listens.
    static func unusedPort() throws -> UInt16 {
        let (listener, port) = try listen()
        _ = systemClose(listener)
        return port
    }

    private static func listen() throws -> (Int32, UInt16) {
        #if canImport(Darwin)
            let listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isReady = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listenSystem(listener, 512) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard isReady else { throw POSIXError(.EADDRNOTAVAIL) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }
}

private func listenSystem(_ socket: Int32, _ backlog: Int32) -> Int32 { listen(socket, backlog) }

private func systemClose(_ number: Int32) -> Int32 { close(number) }

/// A plain answer.
func answer(_ status: Int = 200, _ body: String = "ok", fields: String = "") -> String {
    "HTTP/1.1 \(status) Any\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}
