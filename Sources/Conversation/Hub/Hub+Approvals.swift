/// What became of an answer to an approval.
public enum Answered: Hashable, Sendable {
    /// It counts, or did when the same act was told before; the approval with it.
    case done(Approval)
    /// No such approval is open in the session.
    case unknown
    /// The answer does not fit: a question wants words, all else a yes or no. Why, in one line.
    case unfit(String)
}

extension Hub {
    /// Records what an agent asks in `turn`, with the answer that needs nobody if there is one.
    func ask(_ request: ApprovalRequest, in turn: Turn.ID, of session: SessionID) async throws -> Approval? {
        let isReached = subscribers.canAsk(in: session), now = configuration.now()
        let committed = try await append(to: session) { cursor, state in
            guard let message = state.running?.turn.request, state.running?.turn.id == turn else { return [] }
            // Whoever wrote it may come back, but a script does not.
            let canAsk = isReached || message.origin != .script
            let id = Approval.ID(rawValue: cursor.rawValue)
            let approval = Approval(id: id, turn: turn, askedAt: now, request: request)
            var answered = approval
            answered.answer = ApprovalBroker.answer(to: request, in: state, rule: message.approvals, canAsk: canAsk)
            return [.approval(turn, approval)] + (answered.answer == nil ? [] : [.approval(turn, answered)])
        }
        guard case .approval(_, let approval)? = committed.records.last?.event else { return nil }
        return approval
    }

    /// Answers an approval of `session`; the first answer counts, and is on disk when this returns.
    ///
    /// `person` says who answers and from where, and its key which act it is: the same one once more is told that it
    /// counts, if it did. Its text counts for nothing. When the agent no longer waits, a positive answer lets it go on by a
    /// message of the core's own. Throws ``HubError``.
    public func answer(
        _ id: Approval.ID, _ decision: ApprovalDecision, from person: Message, in session: SessionID
    ) async throws -> Answered {
        guard let open = try await state(of: session).approvals.first(where: { $0.id == id }) else {
            return try await answered(id, under: person.key, in: session)
        }
        if let reason = Self.misfit(of: decision, to: open) { return .unfit(reason) }
        let answer = Approval.Answer(decision, by: person.signature, basis: .person, key: person.key)
        let answered = try await record(answer, to: id, sender: person.sender, in: session)
        try await sync()
        if let answered { return .done(answered) }
        return try await self.answered(id, under: person.key, in: session)
    }

    /// What became of an answer to an approval that is not open, by the act that is called `key`.
    private func answered(_ id: Approval.ID, under key: String?, in session: SessionID) async throws -> Answered {
        guard let key else { return .unknown }
        var answered = Answered.unknown
        try await journal.read(session, after: Cursor(rawValue: id.rawValue - 1)) { record in
            guard case .approval(_, let approval) = record.event, approval.id == id, approval.answer?.key == key else {
                return false
            }
            answered = .done(approval)
            return true
        }
        return answered
    }

    /// Records an answer to an approval and hands it to the agent; returns nil when the approval is no longer open.
    func record(
        _ answer: Approval.Answer, to id: Approval.ID, sender: String, in session: SessionID
    ) async throws -> Approval? {
        let committed = try await append(to: session) { cursor, state in
            guard let open = state.approvals.first(where: { $0.id == id }) else { return [] }
            return ApprovalBroker.events(answering: open, with: answer, sender: sender, in: state, at: cursor)
        }
        guard case .approval(_, let approval)? = committed.records.first?.event else { return nil }
        if committed.state.running?.turn.id == approval.turn { await controls[session]?.answer(id, answer.decision) }
        return approval
    }

    /// What `turn` still asks is closed: the agent has gone on without an answer.
    func withdrawAll(of turn: Turn.ID, in session: SessionID) async throws {
        guard try await state(of: session).running?.asked.isEmpty == false else { return }
        _ = try await append(to: session) { _, state in
            ApprovalBroker.withdrawals(of: turn, in: state, because: "the end of the stage")
        }
    }

    /// The agent took its request back.
    func withdraw(_ id: Approval.ID, in session: SessionID) async throws {
        _ = try await append(to: session) { _, state in
            guard var approval = state.approvals.first(where: { $0.id == id }) else { return [] }
            approval.answer = Approval.Answer(.deny(reason: nil), by: "the agent took it back", basis: .withdrawal)
            return [.approval(approval.turn, approval)]
        }
    }

    private static func misfit(of decision: ApprovalDecision, to approval: Approval) -> String? {
        switch (approval.request.kind, decision) {
        case (.question, .allow), (.question, .allowForSession):
            "\(approval.id) is a question: /answer \(approval.id) <text>, or /deny \(approval.id)"
        case (.command, .answer), (.file, .answer), (.tool, .answer):
            "\(approval.id) wants yes or no: /approve \(approval.id), or /deny \(approval.id)"
        case (.question, .answer), (_, .deny), (_, .allow), (_, .allowForSession):
            nil
        }
    }
}
