import Conversation
import Locking

/// One answer of the offline agent as events, made while they are read.
///
/// A class with a lock, because a stream keeps it while an interrupt may come from elsewhere.
final class OfflineTurn: Sendable {
    /// What is not read yet.
    private struct State {
        var events: [AgentEvent]
        var lookUp: OfflineLookUp?
    }

    private let state: Locked<State>
    private let session: SessionID
    private let operations: any Operations
    private let interruption: AsyncStream<Never>
    private let interruptor: AsyncStream<Never>.Continuation

    /// A turn that says `text`.
    init(saying text: String) {
        session = SessionID(rawValue: "")
        operations = Nobody()
        state = Locked(State(events: Self.events(saying: text), lookUp: nil))
        (interruption, interruptor) = AsyncStream.makeStream()
    }

    /// A turn that looks something up for `session`.
    init(_ lookUp: OfflineLookUp, for session: SessionID, with operations: any Operations) {
        self.session = session
        self.operations = operations
        state = Locked(State(events: [Self.event(lookUp, .started)], lookUp: lookUp))
        (interruption, interruptor) = AsyncStream.makeStream()
    }

    /// Ends the turn as interrupted, if it still looks something up.
    func interrupt() { interruptor.finish() }

    /// The next event; nil after the last.
    func next() async -> AgentEvent? {
        if let event = pop() { return event }
        guard let lookUp = state.withLock({ $0.lookUp.take() }) else { return nil }
        let report = await withTaskGroup(of: String?.self) { [session, operations, interruption] group in
            group.addTask { await operations.report(lookUp.query, for: session) }
            group.addTask {
                for await _ in interruption {}
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        let events =
            if let report {
                [Self.event(lookUp, .completed)] + Self.events(saying: lookUp.answer(report))
            } else {
                [Self.event(lookUp, .failed), .finished(.interrupted)]
            }
        state.withLock { $0.events = events }
        return pop()
    }

    private func pop() -> AgentEvent? { state.withLock { $0.events.isEmpty ? nil : $0.events.removeFirst() } }

    private static func event(_ lookUp: OfflineLookUp, _ status: Action.Status) -> AgentEvent {
        .action(Action(id: "1", kind: .reasoning, title: "looked up: \(lookUp.name)", status: status))
    }

    private static func events(saying text: String) -> [AgentEvent] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        return [.began] + lines.map { .delta(($0.offset == 0 ? "" : "\n") + $0.element) }
            + [.message(text), .usage(Usage()), .finished(.completed)]
    }
}

/// Whom a turn asks that looks nothing up.
private struct Nobody: Operations {
    func report(_ query: Query, for session: SessionID) async -> String { "" }
}
