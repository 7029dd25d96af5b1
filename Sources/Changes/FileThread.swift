import Dispatch

/// A thread for a task that reads files without ever waiting, which would keep one of the few threads from all others.
///
/// The task and those inside of it run on it one at a time. A class, because the runtime refers to an executor by its
/// identity.
final class FileThread: TaskExecutor {
    private let queue = DispatchQueue(label: "changes")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs `body` on a thread of its own; ends it, and the git it runs, when it takes longer than `limit`.
    static func run<Value: Sendable>(
        within limit: Duration, clock: any Clock<Duration>, late: () -> any Error,
        body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask(executorPreference: FileThread()) { try await body() }
            group.addTask {
                try await clock.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw late() }
            return value
        }
    }
}
