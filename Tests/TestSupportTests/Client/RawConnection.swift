import Dispatch
import Locking

@testable import TestSupport

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A client's end of one connection, on plain sockets; its work is done on a queue of its own, where it may block.
///
/// A class, because it owns the descriptor, closed by `close()` or the last reference.
final class RawConnection: Sendable {
    private let socket: Locked<Int32?>
    /// What came after the answers that were taken.
    private let unread = Locked<[UInt8]>([])
    private let queue = DispatchQueue(label: "client")

    convenience init(to telegram: FakeTelegram) throws { try self.init(port: telegram.port) }

    init(port: UInt16) throws {
        let number = LoopbackSocket.connect(to: port)
        guard number >= 0 else { throw Broken(reason: "no connection: errno \(errno)") }
        // A server that does not answer is a failure of the test and not its end.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        socket = Locked(number)
    }

    deinit { close() }

    struct Broken: Error {
        var reason: String
    }

    /// Ends it, also under a read that waits.
    func close() {
        let number = socket.withLock { socket in
            defer { socket = nil }
            return socket
        }
        guard let number else { return }
        shutdown(number, Int32(SHUT_RDWR))
        queue.async { _ = closeDescriptor(number) }
    }

    func write(_ bytes: [UInt8]) throws {
        guard let number = socket.withLock(\.self), LoopbackSocket.send(number, bytes) else {
            throw Broken(reason: "the server does not take it")
        }
    }

    /// The next whole answer.
    func response() async throws -> RawResponse {
        try await onQueue { connection in
            var bytes = connection.takeUnread()
            while true {
                if let response = RawResponse(bytes) {
                    let rest = Array(bytes[(response.headLength + response.body.count)...])
                    connection.unread.withLock { $0 = rest }
                    return response
                }
                guard let more = connection.receive() else {
                    throw Broken(reason: "the connection ended after \(String(decoding: bytes, as: UTF8.self))")
                }
                bytes += more
            }
        }
    }

    /// All bytes until the server ends the connection.
    func rest() async throws -> [UInt8] {
        try await onQueue { connection in
            var bytes = connection.takeUnread()
            while let more = connection.receive() { bytes += more }
            return bytes
        }
    }

    private func takeUnread() -> [UInt8] {
        unread.withLock { unread in
            defer { unread = [] }
            return unread
        }
    }

    private func receive() -> [UInt8]? {
        guard let number = socket.withLock(\.self) else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
            filled = max(0, LoopbackSocket.receive(number, into: UnsafeMutableRawBufferPointer(buffer)))
        }
        return bytes.isEmpty ? nil : bytes
    }

    private func onQueue<Result: Sendable>(
        _ body: @escaping @Sendable (RawConnection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try body(self) }) }
        }
    }
}

private func closeDescriptor(_ number: Int32) -> Int32 { close(number) }
