import Synchronization

/// A clock of which each sleep is one step of a script, done at once; after the last step every sleep is cancelled.
///
/// A class with a lock, because the sleeper and the test look at it.
final class PacedClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var steps: ArraySlice<@Sendable () -> Void>
        var sleeps: [Duration] = []
    }

    private let state: Mutex<State>

    init(_ steps: [@Sendable () -> Void]) { state = Mutex(State(steps: steps[...])) }

    var now: Instant { state.withLock(\.now) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// How long the sleeps were that came to their end.
    var sleeps: [Duration] { state.withLock(\.sleeps) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let step = state.withLock { state -> (@Sendable () -> Void)? in
            guard let step = state.steps.popFirst() else { return nil }
            state.sleeps.append(state.now.duration(to: deadline))
            state.now = deadline
            return step
        }
        guard let step else { throw CancellationError() }
        step()
    }
}
