extension Hub {
    /// Runs `/approve`, `/deny` or `/answer`.
    func answer(
        _ command: SlashCommand, _ words: AnswerWords, from person: Message, in session: SessionID
    ) async throws -> CommandReply {
        func refusal(_ text: String) -> CommandReply { CommandReply(name: command.rawValue, ok: false, text: text) }
        let all = try await state(of: session).approvals
        // Nobody answers what they could not know of.
        let open = words.id == nil ? all.filter { person.couldSee($0) } : all
        if open.isEmpty, let late = all.first {
            return refusal(
                """
                \(late.id) (\(configuration.line(late.request.title, 40))) was asked after you wrote this; if it is meant, send \
                /\(command.rawValue) \(late.id)
                """)
        }
        guard let id = words.id ?? (open.count == 1 ? open.first?.id : nil) else {
            let example = open.first.map { "; say which, for example /\(command.rawValue) \($0.id)" } ?? ""
            return refusal(list(open) + example)
        }
        if words.id == nil, let written = person.writtenAt,
            try await wasAnswered(after: written, beside: id, in: session)
        {
            return refusal("several were open when you wrote this; say which, for example /\(command.rawValue) \(id)")
        }
        switch try await answer(id, words.decision, from: person, in: session) {
        case .done(let approval):
            let title = configuration.line(approval.request.title, 80)
            // The event tells it.
            return CommandReply(
                name: command.rawValue, ok: true, text: "\(words.decision.told): \(title)", untold: "")
        case .unfit(let reason):
            return refusal(reason)
        case .unknown:
            return refusal(try await notOpen(id, in: session))
        }
    }

    /// Whether an approval beside `id`, both open at that moment, was answered since.
    private func wasAnswered(
        after moment: Timestamp, beside id: Approval.ID, in session: SessionID
    ) async throws -> Bool {
        var wasAnswered = false
        // What was open beside it was answered after it was asked.
        try await journal.read(session, after: Cursor(rawValue: id.rawValue)) { record in
            guard case .approval(_, let approval) = record.event, approval.answer != nil else { return false }
            wasAnswered = approval.askedAt <= moment && record.time > moment
            return wasAnswered
        }
        return wasAnswered
    }

    private func notOpen(_ id: Approval.ID, in session: SessionID) async throws -> String {
        var last: Approval?
        try await journal.read(session, after: Cursor(rawValue: id.rawValue - 1)) { record in
            if case .approval(_, let approval) = record.event, approval.id == id { last = approval }
            return false
        }
        if let last, let answer = last.answer { return "\(id) was \(last.status.rawValue) already, by \(answer.by)" }
        return "no approval \(id) is open in this session; \(list(try await state(of: session).approvals))"
    }

    private func list(_ open: [Approval]) -> String {
        let names = open.map { "\($0.id) (\(configuration.line($0.request.title, 40)))" }
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

extension Message {
    /// Whether `approval` was asked already when this was written.
    fileprivate func couldSee(_ approval: Approval) -> Bool {
        writtenAt.map { approval.askedAt <= $0 } ?? true
    }
}
