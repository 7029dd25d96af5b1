import Dispatch
import Foundation
import Locking

/// Brings what was committed from the memory of the system to the disk, for many at once.
///
/// SQLite does not wait for the disk at each commit (`synchronous = NORMAL`), which takes milliseconds and holds up
/// everybody: what is committed survives the end of the process at once, and a loss of power when a ``sync()`` that came
/// later has returned. All commits are at the end of one file, the write-ahead log, and whatever moves them from there
/// into the database waits for the disk itself.
///
/// A class with a lock, because whoever commits comes from any task.
final class DiskSync: Sendable {
    private struct State {
        /// Whether the disk is at work.
        var isBusy = false
        /// Whether it is to begin again: something was committed that it may not have seen.
        var isWanted = false
        /// Who waits for it to begin again and to end.
        var waiting: [CheckedContinuation<Void, any Error>] = []
        /// What the disk could not take may be lost, and nothing says later what it was.
        var failure: StoreError?
    }

    private let state = Locked(State())
    private let queue = DispatchQueue(label: "cm.store.sync")
    /// Returns when all is on disk; throws ``StoreError``.
    private let flush: @Sendable () throws(StoreError) -> Void

    /// For what `flush` brings to the disk.
    init(_ flush: @escaping @Sendable () throws(StoreError) -> Void) { self.flush = flush }

    /// For the file at `path`, which has to be there; throws ``StoreError``.
    convenience init(of path: String) throws {
        let file = try SyncedFile(path)
        self.init { () throws(StoreError) in try file.sync() }
    }

    /// Has what was committed brought to the disk soon.
    func begin() { begin(nil) }

    /// Returns when all that was committed before is on disk; throws ``StoreError``, code `unusable`.
    ///
    /// Cancellation does not end it.
    func sync() async throws { try await withCheckedThrowingContinuation { begin($0) } }

    private func begin(_ waiter: CheckedContinuation<Void, any Error>?) {
        let (starts, failure) = state.withLock { state -> (Bool, StoreError?) in
            if let failure = state.failure { return (false, failure) }
            state.isWanted = true
            if let waiter { state.waiting.append(waiter) }
            defer { state.isBusy = true }
            return (!state.isBusy, nil)
        }
        if let failure { waiter?.resume(throwing: failure) }
        if starts { queue.async { self.work() } }
    }

    /// Flushes for as long as somebody wants it; one at a time.
    private func work() {
        while true {
            let waiting = state.withLock { state -> [CheckedContinuation<Void, any Error>]? in
                guard state.isWanted else {
                    state.isBusy = false
                    return nil
                }
                defer { (state.waiting, state.isWanted) = ([], false) }
                return state.waiting
            }
            guard let waiting else { return }
            do throws(StoreError) {
                try flush()
                for waiter in waiting { waiter.resume() }
            } catch {
                let late = state.withLock { state in
                    state.failure = error
                    defer { (state.waiting, state.isWanted) = ([], false) }
                    return state.waiting
                }
                for waiter in waiting + late { waiter.resume(throwing: error) }
            }
        }
    }
}

/// A file that somebody else writes.
///
/// A class, because its end closes the descriptor.
private final class SyncedFile: Sendable {
    private let file: Int32
    private let path: String

    init(_ path: String) throws {
        file = open(path, O_RDWR | O_CLOEXEC)
        self.path = path
        guard file >= 0 else { throw Self.failure(path) }
    }

    deinit { close(file) }

    func sync() throws(StoreError) {
        while true {
            #if canImport(Darwin)
                // `fsync` leaves it in the memory of the disk there.
                let result = fcntl(file, F_FULLFSYNC)
            #else
                let result = fdatasync(file)
            #endif
            guard result == -1 else { return }
            guard errno == EINTR else { throw Self.failure(path) }
        }
    }

    private static func failure(_ path: String) -> StoreError {
        StoreError(
            code: .unusable, description: "\(path) cannot be brought to the disk: \(String(cString: strerror(errno)))")
    }
}
