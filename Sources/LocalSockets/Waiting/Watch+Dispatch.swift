#if canImport(Darwin)
    import Dispatch

    /// One wait for a descriptor to be ready, which ends by that or by being ended.
    ///
    /// Sendable unchecked: libdispatch lets a source be cancelled on any thread; everything else about it is done once,
    /// by the task that made it.
    struct Watch: @unchecked Sendable {
        enum Direction { case reading, writing }

        private let source: any DispatchSourceProtocol
        /// Where the system tells that a socket is ready; what runs there only wakes a task.
        private static let queue = DispatchQueue(label: "cm.sockets")

        /// A wait that is yet to begin; it must, even when it was ended before.
        init(_ direction: Direction, of descriptor: Int32) {
            source =
                switch direction {
                case .reading: DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: Self.queue)
                case .writing: DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: Self.queue)
                }
        }

        /// Waits; afterwards the system does not look at the descriptor any more.
        func run() async {
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    source.setEventHandler { end() }
                    // Runs once, after the first `end`, be it before the source was activated.
                    source.setCancelHandler { continuation.resume() }
                    source.activate()
                }
            } onCancel: {
                end()
            }
        }

        /// Ends the wait.
        func end() { source.cancel() }
    }
#endif
