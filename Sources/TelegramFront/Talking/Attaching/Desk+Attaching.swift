import Conversation

extension Desk {
    /// Has `heard` be about the session in which its chat is; false when its person may no longer be there, of which
    /// they are told.
    func takeToSession(_ heard: inout Heard, by access: Access, _ update: KeptUpdate) async throws -> Bool {
        let session = attachments.session(at: heard.address, home: heard.home)
        guard session != heard.home else { return true }
        guard access.admits(heard.user, to: session) else {
            try await attachments.revoke(session, at: heard.address)
            let told = "what you wrote was meant for \(session), where you may no longer be, and was not sent"
            let slots = ReplyView(context: context(heard.address, heard.home))
                .slots(failure: told, to: update.id, replyTo: heard.replyTo)
            try await outbox.put(slots)
            return false
        }
        heard.session = session
        return true
    }

    /// The sessions in which a message of the chat may wait, the likeliest first.
    func sessions(of heard: Heard, by access: Access) -> [SessionID] {
        guard heard.address.chat == heard.user else { return [heard.home] }
        let current = attachments.session(at: heard.address, home: heard.home)
        let shown = watches.sessions(in: heard.address.chat).filter { watches.follows($0, at: heard.address) }
        return ([current, heard.home] + shown).reduce(into: []) { sessions, session in
            if !sessions.contains(session), access.admits(heard.user, to: session) { sessions.append(session) }
        }
    }

    /// Deals with `/attach`: takes a private chat to another session or back, or tells where it is.
    ///
    /// Done again after a crash it comes to the same. Who may not be in a session hears the same as of one that there
    /// is not.
    func attach(_ heard: Heard, _ update: KeptUpdate) async throws {
        let view = AttachView(context: answering(heard), update: update.id, replyTo: heard.replyTo)
        // With it all else was kept.
        guard try await !outbox.keeps(view.key) else { return }
        guard heard.address.chat == heard.user else { return try await outbox.put([view.inGroup]) }
        let words = heard.message.text.split(whereSeparator: \.isWhitespace).dropFirst().map(String.init)
        guard let word = words.first else {
            return try await outbox.put([view.standing(in: heard.session, home: heard.home)])
        }
        guard words.count == 1 else { return try await outbox.put([view.usage]) }
        do {
            guard let session = try await session(called: word, for: heard) else {
                return try await outbox.put([view.unknown(word)])
            }
            let (home, before) = (heard.home, heard.session)
            try await attachments.attach(heard.address, to: session, home: home) { said, open in
                [view.arrived(in: session, from: before, home: home, said: said, open: open)]
            }
        } catch let error as HubError where error.code != .closed {
            try await outbox.put([view.failed(error)])
        }
    }

    /// The session that somebody means by `name`, of those in which they may be; nil for none.
    private func session(called name: String, for heard: Heard) async throws -> SessionID? {
        if name.lowercased() == AttachView.own { return heard.home }
        let access = try await guests.access()
        // These two can be gone to before anything was said there.
        let known = try await core.names().sessions.map(SessionID.init(rawValue:)) + [heard.home, .terminal]
        let visible = known.filter { access.admits(heard.user, to: $0) }
        return visible.first { $0.rawValue == name } ?? visible.first { $0.shortName == name }
    }
}
