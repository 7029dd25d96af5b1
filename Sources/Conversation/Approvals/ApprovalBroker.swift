/// Decides what becomes of a request of an agent.
///
/// Knows no agent and no front: everything it needs is in the state of the session.
enum ApprovalBroker {
    /// The answer that needs nobody, or nil when a person has to give it.
    ///
    /// What was allowed before counts first, then the `rule`; without a person to ask the rest is denied.
    static func answer(
        to request: ApprovalRequest, in state: SessionState, rule: ApprovalRule, canAsk: Bool
    ) -> Approval.Answer? {
        if let grant = state.grants.first(where: { $0.request.permission == request.permission }),
            let given = grant.answer
        {
            return Approval.Answer(given.decision, by: given.by, basis: .grant(grant.id))
        }
        if state.allowances.contains(request.permission) {
            return Approval.Answer(.allow, by: "the answer for this session", basis: .session)
        }
        if rule.allows(request) { return Approval.Answer(.allow, by: "--approve \(rule.rawValue)", basis: .rule) }
        guard !canAsk else { return nil }
        return Approval.Answer(.deny(reason: nil), by: "--approve \(rule.rawValue)", basis: .rule)
    }

    /// The events by which `approval`, open in `state`, gets `answer`; the first of them takes the place `cursor`.
    ///
    /// When the agent no longer waits for it, a positive answer is also a message that lets it go on.
    static func events(
        answering approval: Approval, with answer: Approval.Answer, sender: String, in state: SessionState,
        at cursor: Cursor
    ) -> [Event] {
        var answered = approval
        answered.answer = answer
        var events: [Event] = [.approval(approval.turn, answered)]
        if state.running?.turn.id != approval.turn, answer.decision.isPositive {
            let text = note(for: approval.request, answer.decision)
            let message = Message(text: text, author: answer.by, origin: .system, sender: sender)
            events.append(.accepted(Message.ID(rawValue: cursor.next.rawValue), message))
        }
        return events
    }

    /// The events that close what `turn` still asks, because it has ended; with nil what any turn asks.
    static func withdrawals(of turn: Turn.ID?, in state: SessionState, because reason: String) -> [Event] {
        state.approvals.filter { $0.turn == turn ?? $0.turn }.map { approval in
            var closed = approval
            closed.answer = Approval.Answer(.deny(reason: nil), by: reason, basis: .withdrawal)
            return .approval(approval.turn, closed)
        }
    }

    private static func note(for request: ApprovalRequest, _ decision: ApprovalDecision) -> String {
        let what = request.detail.isEmpty ? request.title : "\(request.title)\n\(request.detail)"
        if case .answer(let text) = decision {
            return """
                Your last turn was cut off while it waited for an answer. You asked: \(what)
                The answer is: \(text)
                Go on with what you were doing.
                """
        }
        return """
            Your last turn was cut off while it waited for an approval. Exactly this \(request.kind.rawValue) is allowed \
            now: \(what)
            Ask for it once more and go on with what you were doing.
            """
    }
}
