#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// State that one thread at a time may touch, briefly.
///
/// On pthread and not `Synchronization.Mutex`, because ThreadSanitizer does not see the latter's ordering and reports
/// races that are none.
///
/// Sendable unchecked: `state` is only reached between `pthread_mutex_lock` and `pthread_mutex_unlock`, and the mutex
/// lives at one address from `init` to `deinit`.
public final class Locked<State: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var state: State

    /// A lock around `state`.
    public init(_ state: State) {
        self.state = state
        mutex.initialize(to: pthread_mutex_t())
        let result = pthread_mutex_init(mutex, nil)
        precondition(result == 0, "a lock could not be made: \(result)")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deinitialize(count: 1)
        mutex.deallocate()
    }

    /// Runs `body` alone; it must not suspend, resume a continuation, or take the lock again.
    public func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }
}
