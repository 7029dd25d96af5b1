import CCurl
import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The one thread on which all transfers of a client run.
///
/// A class with a lock, because it is joined once, by whoever comes first.
final class CurlThread: Sendable {
    /// Sendable unchecked: a thread's id is only a name on macOS too, where it is a pointer.
    private struct ID: @unchecked Sendable {
        var value: pthread_t
    }

    /// What the thread is given.
    ///
    /// Sendable unchecked: used by nobody else after it was handed over.
    private final class Job: @unchecked Sendable {
        let loop: TransferLoop

        init(_ loop: TransferLoop) { self.loop = loop }
    }

    private let id: Locked<ID?>

    /// Starts `loop`; `nil` when there can be no thread.
    init?(running loop: sending TransferLoop) {
        // Retained here once, and released once: by the new thread, or below when there is none.
        let job = Unmanaged.passRetained(Job(loop))
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let failure = pthread_create(
            &thread, nil,
            { argument in
                #if canImport(Darwin)
                    CurlThread.run(Unmanaged<Job>.fromOpaque(argument).takeRetainedValue())
                #else
                    // What was passed to `pthread_create`, so not nil.
                    CurlThread.run(Unmanaged<Job>.fromOpaque(argument!).takeRetainedValue())
                #endif
                return nil
            }, job.toOpaque())
        guard failure == 0 else {
            job.release()
            return nil
        }
        #if canImport(Darwin)
            id = Locked(thread.map { ID(value: $0) })
        #else
            id = Locked(ID(value: thread))
        #endif
    }

    private static func run(_ job: Job) {
        ccurl_name_thread("curl")
        // Signals are for others; and TLS writes in a way that would raise one when the server has gone.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        job.loop.run()
    }

    /// Returns when the thread has ended, for the first who calls it.
    func join() {
        let taken = id.withLock { id in
            defer { id = nil }
            return id
        }
        if let taken { pthread_join(taken.value, nil) }
    }
}
