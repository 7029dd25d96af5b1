import Dispatch

/// Where clients are told what happens: one after the other, so that a crowd of them leaves a processor free for whoever
/// asks for something.
final class TellingQueue: TaskExecutor {
    private let queue = DispatchQueue(label: "cm.telling", qos: .utility)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
