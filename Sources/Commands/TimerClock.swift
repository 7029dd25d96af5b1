import Dispatch

/// The continuous clock, with sleeps that leave nothing behind when they are cancelled.
///
/// `ContinuousClock` keeps the timer of a cancelled sleep until its deadline. Every turn has a limit of an hour and
/// most end within seconds: in a long script that adds up to a kilobyte a message.
struct TimerClock: Clock {
    typealias Instant = ContinuousClock.Instant

    var now: Instant { .now }
    var minimumResolution: Duration { ContinuousClock().minimumResolution }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let (due, signal) = AsyncStream<Never>.makeStream()
        let timer = DispatchSource.makeTimerSource(queue: .global())
        timer.schedule(deadline: .now() + max(0, now.duration(to: deadline) / .seconds(1)))
        timer.setEventHandler { signal.finish() }
        timer.activate()
        defer { timer.cancel() }
        for await _ in due {}  // ends when due, and when cancelled
        try Task.checkCancellation()
    }
}
