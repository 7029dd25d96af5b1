#if !canImport(Darwin)
    /// One wait for a descriptor to be ready, which ends by that or by being ended.
    struct Watch: Sendable {
        enum Direction { case reading, writing }

        private let direction: Direction
        private let descriptor: Int32
        private let id: Poller.ID

        /// A wait that is yet to begin; it must, even when it was ended before.
        init(_ direction: Direction, of descriptor: Int32) {
            self.direction = direction
            self.descriptor = descriptor
            id = Poller.shared.reserve()
        }

        /// Waits; afterwards the system does not look at the descriptor any more.
        func run() async {
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    Poller.shared.wait(continuation, as: id, for: direction, of: descriptor)
                }
            } onCancel: {
                end()
            }
            Poller.shared.forget(id, direction, of: descriptor)
        }

        /// Ends the wait.
        func end() { Poller.shared.end(id) }
    }
#endif
