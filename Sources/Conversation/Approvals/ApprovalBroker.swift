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
        if let grant = state.grant(of: request.permission), let given = grant.answer {
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
        guard state.running?.turn.id != approval.turn, answer.decision.isPositive else {
            return [.approval(approval.turn, answered)]
        }
        return events(telling: [answered], ApprovalNote.unasked, sender: sender, rule: .none, at: cursor)
    }

    /// The events by which a turn ends during which its agent, or the core, has died; the first takes the place `cursor`.
    ///
    /// What it asks can still be answered. What a person had allowed, and it may not have heard, it is told once more.
    static func events(endingAfterCrash running: RunningTurn, with outcome: Outcome, at cursor: Cursor) -> [Event] {
        [.finished(running.turn.id, outcome)]
            + events(
                telling: running.untold, ApprovalNote.unheard, sender: running.turn.sender,
                rule: running.turn.request.approvals, at: cursor.next)
    }

    /// The events that close what `turn` still asks, because it has ended; with nil what any turn asks.
    static func withdrawals(of turn: Turn.ID?, in state: SessionState, because reason: String) -> [Event] {
        state.approvals.filter { $0.turn == turn ?? $0.turn }.map { approval in
            var closed = approval
            closed.answer = Approval.Answer(.deny(reason: nil), by: reason, basis: .withdrawal)
            return .approval(approval.turn, closed)
        }
    }

    /// The events by which the agent is told of `approvals`, answered by people, in one message of the core's own.
    private static func events(
        telling approvals: [Approval], _ note: ApprovalNote, sender: String, rule: ApprovalRule, at cursor: Cursor
    ) -> [Event] {
        guard let by = approvals.first?.answer?.by else { return [] }
        let id = Message.ID(rawValue: cursor.rawValue + Int64(approvals.count))
        let told = approvals.map { approval -> Event in
            var approval = approval
            approval.answer?.note = id
            return .approval(approval.turn, approval)
        }
        var message = Message(text: note.text(of: approvals), author: by, origin: .system, sender: sender)
        message.approvals = rule
        return told + [.accepted(id, message)]
    }
}
