extension Hub {
    /// What agents ask in `session` and nobody has answered, oldest first; also of turns that have ended.
    ///
    /// Whoever is told of a question finds it here, unless it was answered without asking anybody, or meanwhile.
    public func openApprovals(of session: SessionID) async throws -> [Approval] {
        try await state(of: session).approvals
    }

    /// What agents ask in `session` and nobody has answered, and what people have answered there since `moment` of what
    /// the last turn asked, oldest first.
    public func approvals(of session: SessionID, openAt moment: Timestamp) async throws -> [Approval] {
        let open = try await state(of: session).approvals
        let turn = try await journal.records(of: session, .lastTurns(1)).first?.cursor.rawValue
        guard let start = [turn, open.first?.id.rawValue].compactMap(\.self).min() else { return [] }
        var known = Dictionary(open.map { ($0.id, $0) }) { $1 }
        for record in try await journal.records(of: session, .between(Cursor(rawValue: start - 1), cursor))
        where record.time > moment {
            guard case .approval(_, let approval) = record.event, approval.wasPutToPeople else { continue }
            known[approval.id] = approval
        }
        return known.values.sorted { $0.id < $1.id }
    }
}

extension Approval {
    /// Whether it is answered, and no rule did it.
    fileprivate var wasPutToPeople: Bool {
        switch answer?.basis {
        case .person, .withdrawal: true
        case .rule, .session, .grant, nil: false
        }
    }
}
