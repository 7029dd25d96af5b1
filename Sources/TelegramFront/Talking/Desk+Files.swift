import Conversation

extension Desk {
    /// What is done about a message, or about all that belongs together: there, it is enough that one is meant for the bot,
    /// which is the one with its name.
    func verdict(on message: BotMessage, by access: Access) -> Access.Verdict {
        let verdict = access.verdict(on: message, to: name)
        guard case .ignored(.notAddressed) = verdict, let others = message.others else { return verdict }
        return others.contains { access.verdict(on: $0, to: name) == .letIn } ? .letIn : verdict
    }

    /// The one update for what was taken together; nil for nothing, and when it was stopped.
    ///
    /// What belongs together is on disk before it is dealt with: after a crash it is the same, and what comes later is by
    /// itself.
    func sealed(_ updates: [KeptUpdate]) async throws -> KeptUpdate? {
        let updates = updates.filter { !intake.isStopped($0.id) }
        guard let joined = KeptUpdate.joined(updates) else { return updates.first }
        if case .message(let message) = joined.kind { try await noteJoined(message) }
        let absorbed = updates.map(\.id).filter { $0 != joined.id }
        try await inbox.seal(joined, absorbing: absorbed, of: api.botID)
        intake.end(absorbed)
        return joined
    }

    /// Remembers that `message` is only the first piece of what is handed in, for who changes it.
    private func noteJoined(_ message: BotMessage) async throws {
        guard message.albumID == nil, !(message.others ?? []).isEmpty else { return }
        try await memory.write("", as: Self.joinedNote(message.id, in: message.chat.id), of: api.botID)
    }

    /// Whether the message is only the first piece of what was handed in.
    func isJoined(_ message: BotMessage) async throws -> Bool {
        try await memory.note(Self.joinedNote(message.id, in: message.chat.id), of: api.botID) != nil
    }

    private static func joinedNote(_ message: Int64, in chat: Int64) -> String { "joined/\(chat)/\(message)" }

    /// Fetches what came with `heard` and has its message tell of it; returns whether anything is left to be handed in, which
    /// is nothing when it is stopped meanwhile.
    ///
    /// Whoever sent it is told of what was not taken. As this may take minutes, a group may have got another number
    /// meanwhile, where `heard` is from then on.
    func takeFiles(of heard: inout Heard, _ update: KeptUpdate) async throws -> Bool {
        guard !heard.files.isEmpty || !heard.refused.isEmpty else { return true }
        let takesFiles = heard.command == nil || heard.command == "steer"
        var report = FileReport(files: heard.files.map { ($0, .failure(.withCommand)) }, refused: heard.refused)
        if takesFiles {
            // By the number of then, to which that of the message belongs.
            let (sent, chat, session) = (heard.files, heard.chat, heard.session)
            let got = try await intake.unlessStopped(update.id) {
                try await files.collect(sent, in: chat, for: session)
            }
            guard let got else { return false }
            report.files = got
            heard.move(in: try await guests.access().renamed)
        }
        let context = context(heard.address, heard.home)
        if let told = report.told(hasWords: !heard.message.text.isEmpty) {
            let parts = MessageText(plain: context.redact(told)).parts
            try await outbox.put(
                parts.enumerated().map { index, content in
                    context.slot("u\(update.id)/files/\(index + 1)", content, replyTo: heard.replyTo)
                })
        }
        if takesFiles { heard.message.text = report.prompt(heard.message.text) }
        return !heard.message.text.isEmpty
    }
}
