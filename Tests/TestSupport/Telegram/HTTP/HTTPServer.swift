import Foundation
import Locking

/// A server on a port of 127.0.0.1, with a thread for each connection.
///
/// Threads and not tasks, because it must answer also while the tests fill Swift's few threads. A class, because it owns
/// the socket and the connections; both end with `stop()` or the last reference.
package final class HTTPServer: Sendable {
    /// What answers one request, on the connection's thread; it may block.
    package typealias Handler = @Sendable (ServedRequest, HTTPCaller) -> HTTPAnswer

    private struct State {
        var socket: Int32?
        var lastID = 0
        var callers: [Int: HTTPCaller] = [:]
    }

    /// The part that the threads share, so that they do not keep the server.
    private final class Desk: Sendable {
        let state: Locked<State>
        let handler: Handler

        init(_ socket: Int32, _ handler: @escaping Handler) {
            state = Locked(State(socket: socket))
            self.handler = handler
        }

        func acceptAll(_ socket: Int32) {
            while true {
                let number = LoopbackSocket.accept(socket)
                guard number >= 0 else {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    break
                }
                let caller = HTTPCaller(number)
                let id = state.withLock { state -> Int? in
                    guard state.socket != nil else { return nil }
                    state.lastID += 1
                    state.callers[state.lastID] = caller
                    return state.lastID
                }
                guard let id else { break }
                Self.start("connection") { [self] in
                    caller.serve(handler)
                    state.withLock { _ = $0.callers.removeValue(forKey: id) }
                }
            }
            close(socket)
        }

        static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
            let thread = Thread(block: body)
            thread.name = name
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    /// Where it listens.
    package let port: UInt16
    private let desk: Desk

    /// Listens on `port`, or on any free one.
    package init(port: UInt16 = 0, handler: @escaping Handler) throws {
        guard let (socket, port) = LoopbackSocket.listen(on: port) else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        self.port = port
        let desk = Desk(socket, handler)
        self.desk = desk
        Desk.start("server") { desk.acceptAll(socket) }
    }

    deinit { stop() }

    /// How many clients are connected.
    package var connectionCount: Int { desk.state.withLock(\.callers.count) }

    /// Ends all connections, as a network that fails; new ones are accepted.
    package func hangUp() {
        for caller in desk.state.withLock({ Array($0.callers.values) }) { caller.hangUp() }
    }

    /// Ends all connections and accepts no more.
    package func stop() {
        let socket = desk.state.withLock { state in
            defer { state.socket = nil }
            return state.socket
        }
        guard socket != nil else { return }
        // Wakes the thread that accepts, on every system, and lets it close its socket itself.
        let waking = LoopbackSocket.connect(to: port)
        if waking >= 0 { close(waking) }
        hangUp()
    }
}
