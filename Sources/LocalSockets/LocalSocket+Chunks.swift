#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension LocalSocket {
    /// What the other side writes, as it arrives; iterated by one task at a time.
    ///
    /// Nothing is read before it is asked for: the bytes stay with the system, and in the end hold back the writer.
    public var chunks: Chunks { Chunks(socket: self) }

    /// The bytes from the other side, in pieces of at least one.
    ///
    /// Ends when the other side ends its output or has gone. Throws `CancellationError` at once when the task is
    /// cancelled, and ``LocalSocketError``, code `closed`, when this side closes.
    public struct Chunks: AsyncSequence, Sendable {
        let socket: LocalSocket

        /// Starts at the first byte not taken yet.
        public func makeAsyncIterator() -> Iterator { Iterator(socket: socket) }

        /// Yields up to 64 KiB at a time.
        public struct Iterator: AsyncIteratorProtocol {
            private static let limit = 64 << 10
            /// How often bytes were there at once; see `next`.
            private var streak = 0
            private let socket: LocalSocket

            init(socket: LocalSocket) { self.socket = socket }

            /// The next bytes; `nil` at the end.
            public mutating func next() async throws -> [UInt8]? { try await next(isolation: #isolation) }

            /// The next bytes, on the caller's actor.
            public mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
                // A peer that writes as fast as it is read would otherwise keep a thread from all other peers.
                streak += 1
                if streak.isMultiple(of: 16) { await Task.yield() }
                while true {
                    try Task.checkCancellation()
                    switch socket.descriptor.use({ SystemSocket.receive($0, atMost: Self.limit) }) {
                    case .success(let bytes): return bytes.isEmpty ? nil : bytes
                    case .failure(EAGAIN):
                        streak = 0
                        try await socket.descriptor.ready(for: .reading)
                    case .failure(EINTR): continue
                    // It went without reading all that it was sent; all that it wrote has arrived before this.
                    case .failure(ECONNRESET): return nil
                    case .failure(let errno): throw LocalSocketError(errno: errno, socket.path)
                    case nil: throw LocalSocketError(.closed, socket.path)
                    }
                }
            }
        }
    }
}
