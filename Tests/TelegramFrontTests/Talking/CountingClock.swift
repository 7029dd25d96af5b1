import Conversation
import Locking
import TestSupport

/// A clock that the test moves, and that tells how often and for how long somebody sleeps.
///
/// A class with a lock, because sleepers come from any task.
final class CountingClock: Clock {
    typealias Instant = ManualClock.Instant

    private let base = ManualClock()
    private let begun = Gate(isOpen: true)
    private let lengths = Locked<[Duration]>([])

    var now: Instant { base.now }
    var minimumResolution: Duration { base.minimumResolution }
    /// In milliseconds, zero being 1970.
    var milliseconds: Int64 { base.timestamp.millisecondsSince1970 }
    /// How long each sleep was to be, in order.
    var sleeps: [Duration] { lengths.withLock(\.self) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        lengths.withLock { $0.append(now.duration(to: deadline)) }
        // From here on time may pass: the deadline stands.
        try await begun.pass()
        try await base.sleep(until: deadline, tolerance: tolerance)
    }

    /// Waits until somebody has begun to sleep for the `count`th time.
    func slept(_ count: Int) async { await begun.reached(count) }

    /// Moves the clock on.
    func advance(by duration: Duration) { base.advance(by: duration) }

    /// Moves the clock on by `step`, again and again, while `body` waits for what comes of that.
    func moving<Value: Sendable>(by step: Duration, while body: () async throws -> Value) async throws -> Value {
        let isOver = Flag()
        async let mover: Void = {
            while !isOver.isSet {
                advance(by: step)
                // Not a wait for anything: whoever was woken has his turn.
                try? await Task.sleep(for: .milliseconds(1))
            }
        }()
        defer { isOver.set() }
        let value = try await body()
        isOver.set()
        await mover
        return value
    }
}
