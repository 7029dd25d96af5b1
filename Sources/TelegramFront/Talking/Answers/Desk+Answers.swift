import Conversation
import Locking

/// Words that answer what an agent asks: a bare yes or no settles the one request that is open, or that it replies to, as its
/// button does; any words in reply to a question answer it. Nobody means the agent by them, which waits for the answer.
extension Desk {
    /// What comes of words that may be an answer.
    private enum Reading {
        /// They are for the agent.
        case message
        case answer(KeptAnswer)
        /// Nobody can tell to what they are an answer; what whoever wrote them is told.
        case unclear(String)
    }

    /// Deals with a message that answers something; returns false when it answers nothing.
    func answered(_ heard: Heard, _ update: inout KeptUpdate) async throws -> Bool {
        guard heard.mayAnswer else { return false }
        let view = ReplyView(context: answering(heard))
        // What was dealt with before a crash was told.
        guard try await !outbox.keeps(view.key(of: update.id)) else { return true }
        // What is kept is the answer, whatever is open by now.
        if update.answer?.command == nil {
            switch try await reading(of: heard, update) {
            case .message: return false
            case .answer(let answer): try await keep(answer, with: &update)
            case .unclear(let told):
                try await outbox.put(view.slots(failure: told, to: update.id, replyTo: heard.replyTo))
                return true
            }
        }
        if let answer = update.answer, let command = answer.command {
            try await give(answer, command, heard, update, view)
        }
        return true
    }

    /// Gives `answer`, which is kept with `update`, as the `command` that says it, and tells what came of it.
    private func give(
        _ answer: KeptAnswer, _ command: String, _ heard: Heard, _ update: KeptUpdate, _ view: ReplyView
    ) async throws {
        guard try await mayGive(answer, heard.user, in: heard.address.chat) else {
            return try await outbox.put(
                view.slots(failure: Self.lost(answer), to: update.id, replyTo: heard.replyTo))
        }
        var message = heard.message
        (message.text, message.writtenAt) = (command, nil)
        let told = Signal()
        try await follow(heard.session, at: heard.address).yield(.answering(told))
        defer { told.give() }
        let view = ReplyView(context: answering(heard, of: answer.place)), slots: [Slot]
        do {
            slots = view.slots(
                try await core.handle(message, in: answer.place), to: update.id, replyTo: heard.replyTo)
        } catch let error as HubError where error.code != .closed {
            slots = view.slots(failure: "\(error); send it again", to: update.id, replyTo: heard.replyTo)
        }
        try await outbox.put(slots)
    }

    // MARK: What is meant

    private func reading(of heard: Heard, _ update: KeptUpdate) async throws -> Reading {
        let context = context(heard.address, heard.home)
        var turn: Turn.ID?
        if let number = heard.repliesTo {
            let key = try await outbox.key(of: number, in: heard.chat)
            let place = key.flatMap(ShownPlace.init)
            if let place, case .approval(let id) = place.part {
                return try await reading(of: heard, asAnswerTo: id, in: place.session)
            }
            if let place, place.session == heard.session, case .turn(let id) = place.part { turn = id }
        }
        guard let bare = heard.bare, let written = heard.message.writtenAt else { return .message }
        let asked = try await visible(core.approvals(of: heard.session, openAt: written), to: heard)
        guard let only = asked.first else { return .message }
        let open = asked.filter { $0.answer == nil }
        // One that is settled meanwhile is told to be.
        guard asked.count == 1 || open.isEmpty else { return .unclear(Self.which(open, context)) }
        guard heard.repliesTo == nil || turn == only.turn else { return .unclear(Self.other(only, context)) }
        guard let answer = KeptAnswer(heard.message.text, bare, to: only, isNamed: false, in: heard.session) else {
            return .unclear(Self.choices(of: only, context))
        }
        return .answer(answer)
    }

    /// What words say that are a reply to the message of a request.
    ///
    /// As with its buttons, whoever is let in may answer what is shown in the chat, and the owner what is offered there.
    private func reading(
        of heard: Heard, asAnswerTo id: Approval.ID, in session: SessionID
    ) async throws -> Reading {
        let access = try await guests.access()
        let home = access.owner == heard.user ? try await offered(id, heard.address.chat) : nil
        let isShown = watches.sessions(in: heard.address.chat).contains(session)
        let mayPress = access.admitsPress(by: heard.user, in: heard.address.chat, to: session)
        guard home == session || (isShown && mayPress) else {
            return heard.bare == nil ? .message : .unclear("\(id) is settled already, so nothing was done")
        }
        let open = try await core.openApprovals(of: session).first { $0.id == id }
        guard let open else {
            // The core tells by whom.
            return heard.bare.map { .answer(KeptAnswer(id, $0.decision, in: session)) } ?? .message
        }
        guard heard.bare != nil || open.request.kind == .question else { return .message }
        let answer = KeptAnswer(heard.message.text, heard.bare, to: open, isNamed: true, in: session)
        return answer.map { .answer($0) } ?? .message
    }

    /// Those of `approvals` that stood in the chat before `heard` was written: nobody answers what they could not see.
    ///
    /// Numbers tell that for sure, which Telegram gives in the order of writing.
    private func visible(_ approvals: [Approval], to heard: Heard) async throws -> [Approval] {
        // Where they are shown under the session that asks, wherever the chat is at home.
        let context = context(heard.address, heard.session)
        var seen: [Approval] = []
        for approval in approvals {
            // Either will do: a call that is repeated after a crash stands below what answers the first one.
            for key in ["\(approval.id)/call", "\(approval.id)"] {
                guard let place = try await outbox.place(of: context.scope + key) else { continue }
                // In a group that has another number since, numbers say nothing.
                guard place.chat != heard.chat || place.number < heard.number else { continue }
                seen.append(approval)
                break
            }
        }
        return seen
    }

    // MARK: Words

    private static func which(_ open: [Approval], _ context: ViewContext) -> String {
        """
        It is not clear which of these you mean, so nothing was done and nothing sent to the agent:
        \(open.map { line($0, context) }.joined(separator: "\n"))
        Reply to the message of the one that you mean, press its button, or send what stands behind it.
        """
    }

    private static func other(_ approval: Approval, _ context: ViewContext) -> String {
        """
        The agent waits for an answer, and this is a reply to something else, so nothing was done and nothing sent to it:
        \(line(approval, context))
        """
    }

    private static func choices(of approval: Approval, _ context: ViewContext) -> String {
        """
        The agent asks something else than yes or no, so nothing was done and nothing sent to it:
        \(line(approval, context))
        Press a button, or reply to the question.
        """
    }

    private static func line(_ approval: Approval, _ context: ViewContext) -> String {
        let ways =
            approval.request.kind == .question
            ? "/answer \(approval.id) …" : "/approve \(approval.id) or /deny \(approval.id)"
        return "\(approval.id) \(approval.request.kind.mark)\(context.line(approval.request.title, 60)): \(ways)"
    }
}
