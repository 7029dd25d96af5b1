extension LocalListener {
    /// The clients as they connect; iterated by one task.
    ///
    /// Nobody is accepted before it is asked for.
    public var connections: Connections { Connections(listener: self) }

    /// One socket for each client.
    ///
    /// Ends when the listener is closed. Throws `CancellationError` when the task is cancelled, and
    /// ``LocalSocketError`` when the system refuses for good. A lack of descriptors is waited out.
    public struct Connections: AsyncSequence, Sendable {
        let listener: LocalListener

        /// Starts with the client that has waited longest.
        public func makeAsyncIterator() -> Iterator { Iterator(listener: listener) }

        /// Yields one client after the other.
        public struct Iterator: AsyncIteratorProtocol {
            private let listener: LocalListener
            private var failures = AcceptFailures()

            init(listener: LocalListener) { self.listener = listener }

            /// The next client; `nil` once the listener is closed.
            public mutating func next() async throws -> LocalSocket? { try await next(isolation: #isolation) }

            /// The next client, on the caller's actor.
            public mutating func next(isolation actor: isolated (any Actor)?) async throws -> LocalSocket? {
                while true {
                    try Task.checkCancellation()
                    switch listener.descriptor.use({ SystemSocket.accept($0) }) {
                    case .success(let number):
                        failures.succeeded()
                        let descriptor = Descriptor(number)
                        // One that went at once may have no credentials any more.
                        guard let peer = Peer(of: number) else { continue }
                        return LocalSocket(descriptor, path: listener.path, peer: peer)
                    case .failure(let errno):
                        switch failures.after(errno) {
                        case .wait: try await listener.descriptor.ready(for: .reading)
                        case .next: continue
                        case .backOff(let pause, let message):
                            if let message { listener.log(message) }
                            try await Task.sleep(for: pause)
                        case .fail: throw LocalSocketError(.failed, listener.path, errno: errno)
                        }
                    case nil: return nil
                    }
                }
            }
        }
    }
}
