import Locking

/// The wish of this process to have nothing to do with the core any more.
///
/// A class with a lock: it is made in one task and waited for in others. Not by cancellation: a core that ends writes
/// down what it knows.
final class Departure: Sendable {
    private let state = Locked((hasBegun: false, waiting: [AsyncStream<Never>.Continuation]()))

    var hasBegun: Bool { state.withLock(\.hasBegun) }

    func begin() {
        let waiting = state.withLock { state in
            defer { state = (true, []) }
            return state.waiting
        }
        for continuation in waiting { continuation.finish() }
    }

    /// Returns when it was made, or the task is cancelled.
    func wait() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        let hasBegun = state.withLock { state in
            if !state.hasBegun { state.waiting.append(continuation) }
            return state.hasBegun
        }
        guard !hasBegun else { return }
        for await _ in stream {}
    }
}
