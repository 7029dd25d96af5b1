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
}
