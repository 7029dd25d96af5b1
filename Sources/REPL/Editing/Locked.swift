// For `pthread_mutex_t`: to the compiler, the headers of libedit brought it in.
import CEditLine

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A value that threads share, and the lock without which none of them reaches it.
///
/// It is a pthread mutex because ThreadSanitizer understands those, and reports races on `Synchronization.Mutex` that
/// are none.
///
/// `@unchecked Sendable`: `value` is reached only in `withLock`, between lock and unlock of `mutex`, whose memory is
/// allocated once and freed when the last reference is gone.
final class Locked<Value: Sendable>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        let failure = pthread_mutex_init(mutex, nil)
        precondition(failure == 0, "no mutex: error \(failure)")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` while no other thread is in here.
    ///
    /// It must not wait for anything that may need the same lock.
    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
