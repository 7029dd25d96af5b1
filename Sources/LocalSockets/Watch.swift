import Dispatch

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One wait for a descriptor to be ready, which ends by that or by being ended.
///
/// Sendable unchecked: libdispatch lets a source be cancelled on any thread; everything else about it is done once, by
/// the task that made it.
struct Watch: @unchecked Sendable {
    enum Direction { case reading, writing }

    private let source: any DispatchSourceProtocol
    /// Where the system tells that a socket is ready; what runs there only wakes a task.
    private static let queue = DispatchQueue(label: "cm.sockets")

    /// Closed after the wait; `nil` where the descriptor itself is watched.
    private let copy: Int32?

    /// A wait that is yet to begin; it must, even when it was ended before.
    init(_ direction: Direction, of descriptor: Int32) {
        switch direction {
        case .reading:
            copy = nil
            source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: Self.queue)
        case .writing:
            // On Linux, libdispatch stops watching a number for both directions when one of them hears that the peer
            // has gone; a wait in the other that begins just then would never end. Without a copy to be had, that
            // small risk is taken.
            copy = Self.copy(of: descriptor)
            source = DispatchSource.makeWriteSource(fileDescriptor: copy ?? descriptor, queue: Self.queue)
        }
    }

    private static func copy(of descriptor: Int32) -> Int32? {
        #if canImport(Darwin)
            return nil
        #else
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            return copy < 0 ? nil : copy
        #endif
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
        if let copy { close(copy) }
    }

    /// Ends the wait.
    func end() { source.cancel() }
}
