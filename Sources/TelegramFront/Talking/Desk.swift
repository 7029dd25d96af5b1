import Conversation
import Locking
import Logging

/// Deals with what Telegram tells: lets in or not, hands in to the core, and answers.
///
/// An update is closed when all of it is kept elsewhere; one that is dealt with again after a crash changes nothing more:
/// messages have keys, and so have answers. Commands have none, and those that change something act at most once: that one
/// begins is noted first, and whoever gave one that a crash has cut off is told so.
struct Desk: Sendable {
    let core: any Core
    let name: BotName
    let api: BotAPI
    let inbox: any UpdateInbox
    let outbox: Outbox
    let ledger: any ChatLedger
    let guests: any Guests
    let memory: any BotMemory
    let files: FileCollector
    let watches: Watches
    let attachments: Attachments
    let intake: Intake
    let clock: any Clock<Duration>
    /// The session of a request that is offered to the owner in this chat; nil for none.
    let offered: @Sendable (Approval.ID, _ chat: Int64) async throws -> SessionID?
    let presses: PressAnswers
    let strangers: Strangers
    let context: @Sendable (ChatAddress, SessionID) -> ViewContext
    let logger: Logger

    /// Deals with one update; throws ``HubError`` when the core has gone, and what cannot be kept.
    ///
    /// What was begun is noted in `update`, which is what to deal with when it has to be tried again.
    func take(_ update: inout KeptUpdate) async throws {
        if let chat = update.kind.reachable { try await outbox.hear(from: chat) { try await opens(update, chat) } }
        switch update.kind {
        case .message(let message):
            try await hear(message, &update)
        case .edited(let message):
            try await noteEdit(message, update)
        case .pressed(let press):
            try await obey(press, &update)
        case .membership(let membership):
            let word = membership.isOut ? "put out of" : "let into"
            logger.notice("the bot was \(word) a chat", metadata: ["chat": "\(membership.chat.id)"])
        case .unknown:
            logger.debug("left out an update of another kind", metadata: ["update": "\(update.id)"])
        }
        // Else what has stopped it closes it.
        if !intake.isStopped(update.id) { try await inbox.close(update.id, of: api.botID) }
    }

    // MARK: Messages

    private func hear(_ message: BotMessage, _ update: inout KeptUpdate) async throws {
        let access = try await guests.access()
        if let (old, new) = message.renaming {
            // Other groups may do as they like.
            guard access.isLetIn(old) else { return }
            // First what is due: once the new number is kept, newer wishes go there, which older ones must not replace.
            try await outbox.rename(old, to: new)
            return try await memory.rename(old, to: new, of: api.botID)
        }
        switch verdict(on: message, by: access) {
        case .ignored(let reason):
            // Groups hear nothing of what is wrong.
            if case .letIn(let told)? = try await redeem(message) { return try await answer(told, to: message, update) }
            logger.debug("left out a message", metadata: ["reason": "\(reason.rawValue)"])
        case .stranger:
            switch try await redeem(message) {
            case .letIn(let told): try await answer(told, to: message, update)
            case .refused(let told): try await turnAway(message, update, saying: told)
            case nil: try await turnAway(message, update, saying: nil)
            }
        case .letIn:
            switch try await redeem(message) {
            case .letIn(let told), .refused(let told): return try await answer(told, to: message, update)
            case nil: break
            }
            guard var heard = Heard(message, to: name, in: access.renamed) else { return }
            if access.role(of: heard.user) == .observer, !heard.isLooking {
                return try await answer(
                    "You may look here and change nothing; /help lists the commands.", to: message, update)
            }
            guard try await takeToSession(&heard, by: access, update) else { return }
            if heard.isAnswering || heard.bare != nil { heard.message.writtenAt = update.written(message) }
            try await handIn(heard, &update)
        }
    }

    private func handIn(_ heard: Heard, _ update: inout KeptUpdate) async throws {
        var heard = heard
        // From here on it is too late to stop it on its way.
        guard try await takeFiles(of: &heard, update), intake.enter(update.id) else { return }
        if try await answered(heard, &update) { return }
        // Answers are of the chat, wherever it goes meanwhile.
        let context = answering(heard)
        if let command = heard.command {
            if command == "attach" { return try await attach(heard, update) }
            if let refusal = try await refusal(of: command, by: heard) {
                let slots = ReplyView(context: context).slots(failure: refusal, to: update.id, replyTo: heard.replyTo)
                return try await outbox.put(slots)
            }
            if command == "sessions", try await guests.access().role(of: heard.user) != .admin {
                heard.message.text = "/sessions own"
            }
        }
        if Self.stops(heard) { return try await cancel(heard, update, context) }
        let watch = try await follow(heard.session, at: heard.address)
        guard try await begin(heard, update, context) else { return }
        let change = SessionChange(typed: heard.message.text)
        if let change { watch.yield(.asked(change)) }
        var made: SessionChange?
        defer { if let change { watch.yield(.settled(change, made: made)) } }
        let told = Signal()
        if heard.isSettledAtOnce { watch.yield(.answering(told)) }
        defer { told.give() }
        let slots: [Slot]
        do {
            let handled = try await core.handle(heard.message, in: heard.session)
            if case .replied(let reply) = handled { made = reply.change }
            let asked = await asked(before: handled, in: heard.session)
            slots = ReplyView(context: context).slots(handled, behind: asked, to: update.id, replyTo: heard.replyTo)
        } catch let error as HubError where error.code != .closed {
            slots = ReplyView(context: context).slots(
                failure: "\(error); send it again", to: update.id, replyTo: heard.replyTo)
        }
        if !slots.isEmpty { try await outbox.put(slots) }
    }

    /// What the turn waits for behind which a message was queued; nil for nothing, and where that cannot be known, since the
    /// message is in the core all the same.
    private func asked(before handled: Handled, in session: SessionID) async -> Approval? {
        guard case .accepted(let receipt) = handled, receipt.ahead > 0,
            let open = try? await core.openApprovals(of: session), !open.isEmpty,
            let running = try? await core.beginning(of: session).running
        else { return nil }
        return open.first { $0.turn == running }
    }

    /// What answers to `heard` have in common: they are named by the chat's own session, wherever that goes meanwhile, and
    /// tell of `session`, by default the one that `heard` belongs to.
    func answering(_ heard: Heard, of session: SessionID? = nil) -> ViewContext {
        var context = context(heard.address, heard.home)
        let session = session ?? heard.session
        context.session = session == heard.home ? nil : session
        return context
    }

    /// What whoever gave a command is told that a crash has cut off.
    static let cutOff =
        "cm stopped while it did this; it was not repeated. Look whether it was done, else send it again"

    /// Notes that a command begins that changes something; returns whether it may: not when it began before a crash, of
    /// which whoever gave it is told.
    private func begin(_ heard: Heard, _ update: KeptUpdate, _ context: ViewContext) async throws -> Bool {
        guard let command = heard.command, command != "steer", !heard.isLooking else { return true }
        guard update.isBegun else {
            var begun = update
            begun.isBegun = true
            try await inbox.seal(begun, absorbing: [], of: api.botID)
            return true
        }
        let slots = ReplyView(context: context).slots(failure: Self.cutOff, to: update.id, replyTo: heard.replyTo)
        // Unless its answer was kept, and nothing but the end of the update was missing.
        if let first = slots.first, try await !outbox.keeps(first.key) { try await outbox.put(slots) }
        return false
    }

    /// Shows `session` at `address` from what is open in it on, if it is not shown there.
    func follow(
        _ session: SessionID, at address: ChatAddress
    ) async throws -> AsyncStream<SessionWatch.Step>.Continuation {
        var cursor = ChatCursor(session: session, address: address, resume: .start, told: .start)
        if !watches.follows(session, at: address) {
            let beginning = try await core.beginning(of: session)
            (cursor.resume, cursor.told) = (beginning.open, beginning.last)
            // Whoever has the right again sees what is asked, with its buttons.
            let open = try await core.openApprovals(of: session)
            if !open.isEmpty {
                try await outbox.put(attachments.asked(open, in: session, at: address, running: beginning.running))
            }
            // Kept before anything is handed in, so that its answer is seen also by the next one to run. One that was
            // shown before goes on from there: what nobody has seen yet must not be passed over.
            cursor = try await ledger.begin(cursor, bot: api.botID)
        }
        return try await watches.follow(cursor)
    }

    /// Why a command is not for Telegram, or not for this person; nil when it is.
    private func refusal(of command: String, by heard: Heard) async throws -> String? {
        if SlashCommand.isForTerminal(command) {
            return "/\(command) is for the terminal; /help lists what there is here"
        }
        switch command {
        case "usage":
            // Of more than this conversation.
            let words = heard.message.text.lowercased().split(whereSeparator: \.isWhitespace).dropFirst()
            guard words.contains(where: { ["all", "session", "sessions"].contains($0) }) else { return nil }
            let seesAll = try await guests.access().role(of: heard.user) == .admin
            return seesAll ? nil : "the use of others is the owner's to see"
        case "quiet":
            let isOwner = try await guests.access().owner == heard.user
            return isOwner ? nil : "notifications go to the owner, who alone can hold them back"
        default: return nil
        }
    }

    /// Gives a message that waits the text that it has now in the chat, and says what came of it.
    ///
    /// Updates of one conversation are dealt with in order: the message was handed in before.
    private func noteEdit(_ message: BotMessage, _ update: KeptUpdate) async throws {
        let access = try await guests.access()
        guard access.verdict(on: message, to: name) == .letIn,
            var heard = Heard(message, to: name, in: access.renamed), let key = heard.message.key,
            access.role(of: heard.user) != .observer
        else { return }
        guard message.albumID == nil else {
            // Its words are handed in with the files of other messages.
            let refusal = Revised.unfit("the words under an album stay as they are")
            return try await outbox.put([view(ofEdit: heard).slot(refusal)])
        }
        let view = view(ofEdit: heard)
        // Nobody has changed all of it who changes a piece.
        guard try await !isJoined(message) else { return try await outbox.put([view.slot(.started)]) }
        guard try await takeFiles(of: &heard, update) else { return }
        do {
            var revised = Revised.unknown
            for session in sessions(of: heard, by: access) where revised == .unknown {
                revised = try await core.revise(key, to: heard.message.text, in: session)
            }
            try await outbox.put([view.slot(revised)])
        } catch let error as HubError where error.code != .closed {
            try await outbox.put([view.slot(failure: "\(error)", of: update.id)])
        }
    }

    private func view(ofEdit heard: Heard) -> EditView {
        EditView(
            context: context(heard.address, heard.home), number: heard.number, chat: heard.chat,
            replyTo: heard.replyTo)
    }

    /// Says that an update cannot be dealt with, and deals with it no more.
    func giveUp(_ update: KeptUpdate) async throws {
        switch update.kind {
        case .message(let message), .edited(let message):
            guard try await guests.access().verdict(on: message, to: name) == .letIn else { break }
            let told = hasBegun(update) ? "This may have been done or not" : "This could not be done"
            try await answer("⚠ \(told); the log of cm says why.", to: message, update)
        case .pressed(let press):
            // Otherwise it goes on waiting where it was pressed.
            try await presses.answer(press, with: "This could not be done; the log of cm says why.")
        case .membership, .unknown: break
        }
        try await inbox.close(update.id, of: api.botID)
    }

    /// Whether a command of `update` may have acted before it could not be dealt with.
    private func hasBegun(_ update: KeptUpdate) -> Bool {
        update.command(to: name).map { $0 != "steer" && !Heard.looking.contains($0) } ?? false
    }

    // MARK: Strangers

    private func redeem(_ message: BotMessage) async throws -> Pairing? {
        guard !message.isAnonymous, let user = message.from, !user.isBot,
            let text = message.text.flatMap(name.spoken)
        else { return nil }
        return try await guests.redeem(text, of: user, in: message.chat)
    }

    /// Tells a stranger who they are, and the owner of them, once an hour.
    private func turnAway(_ message: BotMessage, _ update: KeptUpdate, saying told: String?) async throws {
        guard let user = message.from else { return }
        logger.notice("turned a stranger away", metadata: ["user": "\(user.id)"])
        let owner = try await guests.access().owner
        let slots = try await strangers.slots(
            turningAway: user, in: message.chat.id, at: update.arrivedAt, saying: told, owner: owner)
        if !slots.isEmpty { try await outbox.put(slots) }
    }

    private func answer(_ text: String, to message: BotMessage, _ update: KeptUpdate) async throws {
        let address = ChatAddress(chat: message.chat.id, topic: message.topic)
        let slot = Slot(ReplyView.name(of: update.id), at: address, SlotContent(text), replyTo: message.id)
        try await outbox.put([slot])
    }

    /// Whether what shows that the bot is in `chat` counts for what waits there, which is meant for people who are let in.
    private func opens(_ update: KeptUpdate, _ chat: Int64) async throws -> Bool {
        if case .membership = update.kind, chat < 0 { return true }
        guard let person = update.kind.person else { return false }
        return try await guests.access().admits(person.id)
    }

    // MARK: Buttons

    /// Does what a button asks for, and says so where it was pressed.
    ///
    /// Not dealt with in order: a button that is waited for must not wait.
    private func obey(_ press: ButtonPress, _ update: inout KeptUpdate) async throws {
        try await presses.answer(press, with: try await outcome(of: press, &update))
    }

    private func outcome(of press: ButtonPress, _ update: inout KeptUpdate) async throws -> String {
        guard let holder = press.message, let data = press.data.flatMap(ButtonData.init) else {
            return "This button means nothing any more."
        }
        let access = try await guests.access(), chat = access.renamed.newest(of: holder.chat.id)
        guard access.verdict(on: press.from, in: holder.chat) == .letIn else {
            logger.notice("refused a button", metadata: ["user": "\(press.from.id)"])
            return "Unauthorized"
        }
        guard access.role(of: press.from.id) != .observer else { return "You may look here and change nothing." }
        var person = Message(
            text: "", author: press.from.shown, origin: .telegram, sender: "telegram:\(name.id)")
        // Not the update: one that Telegram tells again under another number is the same press.
        person.key = "telegram:\(name.id):press:\(press.id)"
        if case .cancel(let turn) = data {
            return try await stop(turn, in: chat, pressedBy: press.from.id, as: person, access)
        }
        return try await answered(data, by: person, of: press.from.id, in: chat, &update)
    }
}
