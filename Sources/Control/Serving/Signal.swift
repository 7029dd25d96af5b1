import Locking

/// Something that happens once, for any number of tasks that wait for it.
///
/// A class with a lock, because it happens on any thread.
final class Signal: Sendable {
    private struct State {
        var hasHappened = false
        var lastID = 0
        var waiting: [Int: AsyncStream<Never>.Continuation] = [:]
    }

    private let state = Locked(State())

    /// Whether it has happened.
    var hasHappened: Bool { state.withLock(\.hasHappened) }

    /// Makes it happen; later calls change nothing.
    func raise() {
        let waiting = state.withLock { state in
            state.hasHappened = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for end in waiting.values { end.finish() }
    }

    /// Returns when it has happened, or the task is cancelled.
    func wait() async {
        let (stream, end) = AsyncStream<Never>.makeStream()
        let id = state.withLock { state -> Int? in
            guard !state.hasHappened else { return nil }
            state.lastID += 1
            state.waiting[state.lastID] = end
            return state.lastID
        }
        guard let id else { return }
        for await _ in stream {}
        state.withLock { $0.waiting[id] = nil }
    }
}
