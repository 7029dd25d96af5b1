extension Hub {
    /// Runs `/approve`, `/deny` or `/answer`; returns nil when it was badly used.
    func answer(
        _ command: SlashCommand, _ arguments: Arguments, from person: Message, in session: SessionID
    ) async throws -> CommandReply? {
        let words = arguments.words
        guard let first = words.first, let id = Approval.ID(first),
            let decision = Self.decision(command, words, arguments.rest)
        else { return nil }
        func reply(_ text: String, ok: Bool) -> CommandReply {
            CommandReply(name: command.rawValue, ok: ok, text: text)
        }
        switch try await answer(id, decision, from: person, in: session) {
        case .done(let approval):
            let title = approval.request.title.headline(80)
            switch decision {
            case .allow: return reply("allowed once: \(title)", ok: true)
            case .allowForSession: return reply("allowed for this session: \(title)", ok: true)
            case .deny: return reply("denied: \(title)", ok: true)
            case .answer: return reply("answered: \(title)", ok: true)
            }
        case .unfit(let reason):
            return reply(reason, ok: false)
        case .unknown:
            return reply(try await notOpen(id, in: session), ok: false)
        }
    }

    private static func decision(_ command: SlashCommand, _ words: [String], _ rest: String) -> ApprovalDecision? {
        switch (command, words.count) {
        case (.approve, 1): .allow
        case (.approve, 2) where words[1].lowercased() == "session": .allowForSession
        case (.deny, _): .deny(reason: rest.allSatisfy(\.isWhitespace) ? nil : rest)
        case (.answer, 2...): .answer(rest)
        default: nil
        }
    }

    private func notOpen(_ id: Approval.ID, in session: SessionID) async throws -> String {
        let records = try await journal.records(of: session, .between(Cursor(rawValue: id.rawValue - 1), cursor))
        for record in records.reversed() {
            guard case .approval(_, let approval) = record.event, approval.id == id, let answer = approval.answer else {
                continue
            }
            return "\(id) was \(approval.status.rawValue) already, by \(answer.by)"
        }
        let open = try await state(of: session).approvals.map { "\($0.id) (\($0.request.title.headline(40)))" }
        let others = open.isEmpty ? "nothing is asked" : "open: \(open.joined(separator: ", "))"
        return "no approval \(id) is open in this session; \(others)"
    }
}
