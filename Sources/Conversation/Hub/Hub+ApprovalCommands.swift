extension Hub {
    /// Runs `/approve`, `/deny` or `/answer`.
    func answer(
        _ command: SlashCommand, _ words: AnswerWords, from person: Message, in session: SessionID
    ) async throws -> CommandReply {
        func refusal(_ text: String) -> CommandReply { CommandReply(name: command.rawValue, ok: false, text: text) }
        let open = try await state(of: session).approvals
        guard let id = words.id ?? (open.count == 1 ? open.first?.id : nil) else {
            let example = open.first.map { "; say which, for example /\(command.rawValue) \($0.id)" } ?? ""
            return refusal(Self.list(open) + example)
        }
        switch try await answer(id, words.decision, from: person, in: session) {
        case .done(let approval):
            let title = approval.request.title.headline(80)
            // The event tells it.
            return CommandReply(
                name: command.rawValue, ok: true, text: "\(words.decision.told): \(title)", untold: "")
        case .unfit(let reason):
            return refusal(reason)
        case .unknown:
            return refusal(try await notOpen(id, in: session))
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
        return "no approval \(id) is open in this session; \(Self.list(try await state(of: session).approvals))"
    }

    private static func list(_ open: [Approval]) -> String {
        let names = open.map { "\($0.id) (\($0.request.title.headline(40)))" }
        return names.isEmpty ? "nothing is asked" : "open: \(names.joined(separator: ", "))"
    }
}

extension ApprovalDecision {
    /// What whoever decided is told.
    fileprivate var told: String {
        switch self {
        case .allow: "allowed once"
        case .allowForSession: "allowed for this session"
        case .deny: "denied"
        case .answer: "answered"
        }
    }
}
