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
        /// Those who wait for any sleeper.
        var watching: [Gate] = []
        /// How many sleeps until a moment were begun.
        var sleeps: [Duration: Int] = [:]
        /// Those who wait for so many of them.
        var expected: [(deadline: Duration, count: Int, gate: Gate)] = []
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
            let count = state.sleeps[deadline.offset, default: 0] + 1
            state.sleeps[deadline.offset] = count
            var watchers = state.expected.filter { $0.deadline == deadline.offset && $0.count <= count }.map(\.gate)
            if state.now >= deadline {
                gate.open()
            } else {
                state.sleepers[state.lastID] = Sleeper(deadline: deadline, gate: gate)
                watchers += state.watching
                state.watching = []
            }
            return (state.lastID, watchers)
        }
        for watcher in watchers { watcher.open() }
        defer { state.withLock { _ = $0.sleepers.removeValue(forKey: id) } }
        try await gate.pass()
    }

    /// Moves the clock on and wakes whose time has come.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            // Whoever is woken sleeps no more, though it may not have noticed yet.
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.gate)
        }
        for gate in woken { gate.open() }
    }

    /// Waits until anybody sleeps, or the task is cancelled.
    ///
    /// For who moves the clock on whenever somebody waits for it, again and again. It says nothing of who that is: before
    /// a single step wait for whom it is to wake, with ``sleeping(until:count:)``.
    public func sleeping() async {
        let gate = Gate()
        state.withLock { state in
            if state.sleepers.isEmpty { state.watching.append(gate) } else { gate.open() }
        }
        try? await gate.pass()  // on cancellation the wait is over
    }

    /// Waits until `count` sleeps until `deadline`, counted from the making of the clock, were begun in all, or the task is
    /// cancelled.
    ///
    /// Those that are over count as well, also those that were cancelled: whoever gives up a limit of time does not hide
    /// another one with the same end.
    public func sleeping(until deadline: Duration, count: Int = 1) async {
        let gate = Gate()
        state.withLock { state in
            if state.sleeps[deadline, default: 0] >= count {
                gate.open()
            } else {
                state.expected.append((deadline, count, gate))
            }
        }
        try? await gate.pass()  // on cancellation the wait is over
    }

    /// How many sleeps until `deadline`, counted from the making of the clock, were begun so far.
    public func sleeps(until deadline: Duration) -> Int { state.withLock { $0.sleeps[deadline, default: 0] } }
}
