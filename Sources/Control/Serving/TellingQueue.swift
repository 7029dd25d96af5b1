import Dispatch
import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where clients are told what happens: one after the other, so that a crowd of them leaves a processor free for whoever
/// asks for something.
///
/// They share the machine: two hundred that are woken at once hold both of its processors for milliseconds. So a crowd is
/// told a little spread out.
final class TellingQueue: TaskExecutor {
    private let queue = DispatchQueue(label: "cm.telling", qos: .utility)
    private let spread = Locked(Spread())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            let began = DispatchTime.now().uptimeNanoseconds
            job.runSynchronously(on: self.asUnownedTaskExecutor())
            let ended = DispatchTime.now().uptimeNanoseconds
            guard self.spread.withLock({ $0.wantsPause(after: began...ended) }) else { return }
            usleep(Spread.pause)
            let resumed = DispatchTime.now().uptimeNanoseconds
            self.spread.withLock { $0.resumed(at: resumed) }
        }
    }
}

/// When whoever tells a crowd pauses: after so many pieces of work without a gap, so often at most until the next gap.
///
/// What never has a gap is not held up.
struct Spread {
    /// How many pieces of work are done in one go; a client is told an event in two.
    static let pieces = 24
    /// How long a pause is, in microseconds.
    static let pause: UInt32 = 450
    /// How often it pauses until the next gap.
    static let pauses = 10
    /// How long there is nothing to do in a gap, in nanoseconds.
    static let gap: UInt64 = 1_000_000

    private var done = 0
    private var paused = 0
    private var ended: UInt64 = 0

    /// Takes the moments at which a piece of work began and ended, in nanoseconds; returns whether to pause now.
    mutating func wantsPause(after work: ClosedRange<UInt64>) -> Bool {
        if work.lowerBound > ended + Self.gap { (done, paused) = (0, 0) }
        ended = work.upperBound
        done += 1
        guard done >= Self.pieces else { return false }
        done = 0
        guard paused < Self.pauses else { return false }
        paused += 1
        return true
    }

    /// Takes the moment at which a pause was over: it was no gap.
    mutating func resumed(at moment: UInt64) { ended = moment }
}
