/// Something that happens once, and for which any number of tasks may wait.
///
/// A class with a lock, because it is given on any thread.
public final class Signal: Sendable {
    private struct State {
        var isGiven = false
        var lastID = 0
        var waiting: [Int: AsyncStream<Never>.Continuation] = [:]
    }

    private let state = Locked(State())

    /// Creates one that is not given.
    public init() {}

    /// Whether it was given.
    public var isGiven: Bool { state.withLock(\.isGiven) }

    /// Wakes all who wait, now and later; once is enough.
    public func give() {
        let waiting = state.withLock { state in
            state.isGiven = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for waiter in waiting.values { waiter.finish() }
    }

    /// Returns when it was given, or the task is cancelled.
    public func wait() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        let id = state.withLock { state -> Int? in
            guard !state.isGiven else { return nil }
            state.lastID += 1
            state.waiting[state.lastID] = continuation
            return state.lastID
        }
        guard let id else { return }
        for await _ in stream {}
        state.withLock { $0.waiting[id] = nil }
    }

    /// Returns when it was given; throws `CancellationError` when the task is cancelled first.
    public func given() async throws {
        await wait()
        try Task.checkCancellation()
    }
}
