import Dispatch

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Reports changes of the terminal's size (SIGWINCH) until it is cancelled or released.
final class ResizeSignal {
    private let source: any DispatchSourceSignal

    /// `handler` runs on a thread of Dispatch.
    init(handler: @escaping @Sendable () -> Void) {
        source = DispatchSource.makeSignalSource(signal: SIGWINCH, queue: .global())
        source.setEventHandler(handler: handler)
        source.activate()
    }

    deinit {
        source.cancel()
    }
}
