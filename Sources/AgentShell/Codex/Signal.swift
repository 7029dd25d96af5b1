import Locking

/// Something that happens once, and for which any number of tasks may wait.
///
/// A class with a lock, because it is given from whatever task finds out.
final class Signal: Sendable {
    private struct State {
        var isGiven = false
        var waiting: [AsyncStream<Never>.Continuation] = []
    }

    private let state = Locked(State())

    /// Wakes all who wait, now and later; once is enough.
    func give() {
        let waiting = state.withLock { state in
            state.isGiven = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.finish() }
    }

    /// Returns when it was given; throws `CancellationError` when the task is cancelled first.
    func wait() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        let isGiven = state.withLock { state in
            if !state.isGiven { state.waiting.append(continuation) }
            return state.isGiven
        }
        if isGiven { return }
        for await _ in stream {}
        try Task.checkCancellation()
    }
}
