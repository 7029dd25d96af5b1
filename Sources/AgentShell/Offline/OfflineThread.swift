import Conversation
import Locking

/// A conversation with the offline agent, which remembers nothing: there is nothing to resume.
///
/// A class with a lock, because interrupts come from elsewhere than turns.
final class OfflineThread: AgentThread {
    private let session: SessionID
    private let introduction: String
    private let operations: any Operations
    /// The sessions that know the introduction.
    private let introduced: Locked<Set<SessionID>>
    private let turn = Locked<OfflineTurn?>(nil)

    init(
        session: SessionID, introduction: String, operations: any Operations, introduced: Locked<Set<SessionID>>
    ) {
        self.session = session
        self.introduction = introduction
        self.operations = operations
        self.introduced = introduced
    }

    var id: String? { nil }

    func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        let turn =
            switch OfflineRules().reading(of: request.text) {
            case .lookUp(let lookUp): OfflineTurn(lookUp, for: session, with: operations)
            case .introduce: OfflineTurn(saying: introduce())
            case .ask(let question): OfflineTurn(saying: question)
            case .decline: OfflineTurn(saying: decline(request.text))
            }
        self.turn.withLock { $0 = turn }
        // An event is made when it is read, so nothing piles up, and nothing runs when nobody reads.
        return AsyncThrowingStream(unfolding: { await turn.next() })
    }

    private func introduce() -> String {
        introduced.withLock { _ = $0.insert(session) }
        return introduction
    }

    /// Once with the introduction, then with one hint.
    private func decline(_ text: String) -> String {
        let heard = "I am the offline agent of cm and cannot work on “\(text.headline(80))”."
        let isFirst = introduced.withLock { $0.insert(session).inserted }
        return isFirst
            ? "\(heard)\n\n\(introduction)" : "\(heard)\nTry “what changed?”, “find TEXT”, “show FILE” or “help”."
    }

    /// Does nothing: nothing is kept.
    func close() async {}

    func interrupt() async { turn.withLock { $0 }?.interrupt() }

    /// Refuses: it does not read on while it answers.
    func steer(_ text: String) async throws {
        throw AgentError(.refused, "the offline agent answers at once and cannot be steered")
    }

    /// Does nothing: this agent asks for no approval.
    func answer(_ request: String, _ decision: ApprovalDecision) async {}
}
