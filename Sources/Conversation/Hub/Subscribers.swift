import Synchronization

/// The readers of each session's events. A class with a lock, because a reader leaves from whatever thread it is on.
final class Subscribers: Sendable {
    private struct State {
        var nextID = 0
        var continuations: [SessionID: [Int: AsyncStream<Record>.Continuation]] = [:]
        var isFinished = false
    }

    private let state = Mutex(State())

    /// A stream of `backlog` and then of what is published. Unbounded: what piles up is what agents said meanwhile.
    func add(to session: SessionID, startingWith backlog: [Record]) -> AsyncStream<Record> {
        let (stream, continuation) = AsyncStream.makeStream(of: Record.self, bufferingPolicy: .unbounded)
        for record in backlog { continuation.yield(record) }
        let id = state.withLock { state -> Int? in
            guard !state.isFinished else { return nil }
            state.nextID += 1
            state.continuations[session, default: [:]][state.nextID] = continuation
            return state.nextID
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.remove(id, from: session) }
        return stream
    }

    func publish(_ record: Record) {
        let readers = state.withLock { $0.continuations[record.session]?.values.map(\.self) ?? [] }
        for reader in readers { reader.yield(record) }
    }

    func finish() {
        let readers = state.withLock { state in
            state.isFinished = true
            return state.continuations.values.flatMap(\.values)
        }
        for reader in readers { reader.finish() }
    }

    private func remove(_ id: Int, from session: SessionID) {
        state.withLock { _ = $0.continuations[session]?.removeValue(forKey: id) }
    }
}
