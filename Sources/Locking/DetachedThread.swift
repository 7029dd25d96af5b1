#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A thread of its own for code that blocks, which nobody waits for.
public enum DetachedThread {
    /// Runs `body` on a new thread; false when there can be none, and `body` is not run.
    public static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        // Retained here once, and released once: by the new thread, or below when there is none.
        let job = Unmanaged.passRetained(Job(body))
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let failure = pthread_create(
            &thread, nil,
            { argument in
                #if canImport(Darwin)
                    Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body()
                #else
                    // What was passed to `pthread_create`, so not nil.
                    Unmanaged<Job>.fromOpaque(argument!).takeRetainedValue().body()
                #endif
                return nil
            }, job.toOpaque())
        guard failure == 0 else {
            job.release()
            return false
        }
        #if canImport(Darwin)
            thread.map { _ = pthread_detach($0) }
        #else
            pthread_detach(thread)
        #endif
        return true
    }

    private final class Job: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
