public import Conversation
import Synchronization

/// A clock that stands still until the test moves it.
///
/// A class with a lock, because sleepers are cancelled from whatever thread cancels them.
public final class ManualClock: Clock {
    /// A moment, counted from the making of the clock.
    public struct Instant: InstantProtocol {
        /// The distance to the making of the clock.
        public var offset: Duration

        /// The moment `duration` later.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        /// How long it is to `other`.
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        /// Whether `left` is before `right`.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        var deadline: Instant
        var gate: Gate
    }

    private struct State {
        var now = Instant(offset: .zero)
        var lastID = 0
        var sleepers: [Int: Sleeper] = [:]
        var watching: [(count: Int, gate: Gate)] = []
        /// The moments that somebody slept until, or does.
        var deadlines: Set<Duration> = []
        var expected: [(deadline: Duration, gate: Gate)] = []
    }

    private let state = Mutex(State())

    /// Creates a clock that shows zero.
    public init() {}

    /// The moment the test moved the clock to.
    public var now: Instant { state.withLock { $0.now } }
    /// Any step counts.
    public var minimumResolution: Duration { .nanoseconds(1) }
    /// The clock's reading as wall-clock time, zero being 1970.
    public var timestamp: Timestamp { Timestamp(millisecondsSince1970: Int64(now.offset / .milliseconds(1))) }

    /// Waits until the test has moved the clock to `deadline`.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let gate = Gate()
        let (id, watchers) = state.withLock { state in
            state.lastID += 1
            state.deadlines.insert(deadline.offset)
            let expecting = state.expected.filter { $0.deadline == deadline.offset }.map(\.gate)
            if state.now >= deadline {
                gate.open()
            } else {
                state.sleepers[state.lastID] = Sleeper(deadline: deadline, gate: gate)
            }
            let watching = state.watching.filter { $0.count <= state.sleepers.count }.map(\.gate)
            return (state.lastID, watching + expecting)
        }
        for watcher in watchers { watcher.open() }
        defer { state.withLock { _ = $0.sleepers.removeValue(forKey: id) } }
        try await gate.pass()
    }

    /// Moves the clock on and wakes whose time has come.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            return state.sleepers.values.filter { $0.deadline <= state.now }.map(\.gate)
        }
        for gate in woken { gate.open() }
    }

    /// Waits until at least `count` tasks sleep at once, or the task is cancelled.
    public func sleeping(_ count: Int = 1) async {
        let gate = Gate()
        state.withLock { state in
            if state.sleepers.count >= count { gate.open() } else { state.watching.append((count, gate)) }
        }
        try? await gate.pass()  // on cancellation the wait is over
    }
    /// Waits until somebody sleeps, or has slept, until `deadline`, counted from the making of the clock, or the task is
    /// cancelled.
    ///
    /// Unlike ``sleeping(_:)`` it does not take somebody else, who is about to be woken, for whom it waits.
    public func sleeping(until deadline: Duration) async {
        let gate = Gate()
        state.withLock { state in
            if state.deadlines.contains(deadline) { gate.open() } else { state.expected.append((deadline, gate)) }
        }
        try? await gate.pass()  // on cancellation the wait is over
    }
}
