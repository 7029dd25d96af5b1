import Synchronization
import TestSupport

/// A clock that stands still until the test moves it, and tells when somebody sleeps until a certain moment.
///
/// A class with a lock, because whoever sleeps does so in a task of its own.
final class CodexClock: Clock {
    private struct State {
        var deadlines: Set<Duration> = []
        var watching: [(deadline: Duration, gate: Gate)] = []
    }

    private let base = ManualClock()
    private let state = Mutex(State())

    var now: ManualClock.Instant { base.now }
    var minimumResolution: Duration { base.minimumResolution }

    func sleep(until deadline: ManualClock.Instant, tolerance: Duration?) async throws {
        let watchers = state.withLock { state in
            state.deadlines.insert(deadline.offset)
            return state.watching.filter { $0.deadline == deadline.offset }.map(\.gate)
        }
        for watcher in watchers { watcher.open() }
        try await base.sleep(until: deadline, tolerance: tolerance)
    }

    func advance(by duration: Duration) { base.advance(by: duration) }

    /// Waits until at least `count` tasks sleep at once.
    func sleeping(_ count: Int) async { await base.sleeping(count) }

    /// Waits until somebody sleeps, or has slept, until `deadline`, counted from the making of the clock.
    func sleeping(deadline: Duration) async {
        let gate = Gate()
        state.withLock { state in
            if state.deadlines.contains(deadline) { gate.open() } else { state.watching.append((deadline, gate)) }
        }
        try? await gate.pass()  // on cancellation the wait is over
    }
}
