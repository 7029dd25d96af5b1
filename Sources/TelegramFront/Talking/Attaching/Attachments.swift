import Conversation
import Locking

/// In which session each chat is: in its own one, until somebody takes it to another.
///
/// Only private chats go elsewhere: in a group others read along. A session that is left is shown until what was said
/// in the chat is answered, and a turn that is shown as running has ended; what else happens there goes on unseen.
///
/// What is in memory is on disk before. A class with a lock, because updates are dealt with in many tasks.
final class Attachments: Sendable {
    private let core: any Core
    private let ledger: any ChatLedger & AttachmentLedger
    private let guests: any Guests
    private let outbox: Outbox
    private let watches: Watches
    private let bot: Int64
    private let context: @Sendable (ChatAddress, SessionID) -> ViewContext
    private let attached = Locked<[ChatAddress: SessionID]>([:])
    /// One change at a time.
    private let turnstile = Turnstile()

    init(
        _ core: any Core, ledger: any ChatLedger & AttachmentLedger, guests: any Guests, outbox: Outbox,
        watches: Watches, bot: Int64, context: @escaping @Sendable (ChatAddress, SessionID) -> ViewContext
    ) {
        (self.core, self.ledger, self.guests, self.outbox) = (core, ledger, guests, outbox)
        (self.watches, self.bot, self.context) = (watches, bot, context)
    }

    // MARK: Where a chat is

    /// The own session of a private chat; nil for other chats, in which everybody has one.
    static func home(of address: ChatAddress) -> SessionID? {
        address.chat > 0 ? SessionID(in: address, of: address.chat) : nil
    }

    /// The session in which the chat at `address` is, where `home` is the own one.
    func session(at address: ChatAddress, home: SessionID) -> SessionID {
        attached.withLock { $0[address] } ?? home
    }

    /// Whether what happens in `session` is for the chat at `address`.
    func isCurrent(_ session: SessionID, at address: ChatAddress) -> Bool {
        Self.home(of: address).map { self.session(at: address, home: $0) == session } ?? true
    }

    /// Whether whoever is in the chat at `address` may still see `session`.
    func mayShow(_ session: SessionID, at address: ChatAddress) async throws -> Bool {
        try await guests.access().shows(session, in: address.chat)
    }

    // MARK: The start

    /// Shows again what was shown before and may be shown; to be called once, before anything else.
    ///
    /// Also what was left: something may have been open there, and where nothing was its watch ends by itself. What may
    /// not be shown is not followed either: whoever follows counts as somebody who can be asked.
    func takeUp() async throws {
        let kept = try await ledger.attachments(of: bot)
        attached.withLock { $0 = kept }
        let cursors = try await ledger.cursors(of: bot)
        let access = try await guests.access()
        for cursor in cursors {
            if access.shows(cursor.session, in: cursor.address.chat) {
                _ = try await watches.follow(cursor)
            } else {
                try await revoke(cursor)
            }
        }
        // Whose place was forgotten with the session.
        for (address, session) in kept
        where !cursors.contains(where: { $0.session == session && $0.address == address }) {
            guard access.shows(session, in: address.chat) else {
                try await revoke(session, at: address)
                continue
            }
            let beginning = try await core.beginning(of: session), open = try await core.openApprovals(of: session)
            if !open.isEmpty {
                try await outbox.put(asked(open, in: session, at: address, running: beginning.running))
            }
            let cursor = ChatCursor(
                session: session, address: address, resume: beginning.open, told: beginning.last)
            _ = try await watches.follow(try await ledger.begin(cursor, bot: bot))
        }
    }

    // MARK: Going elsewhere

    /// Takes the chat at `address` to `session`, where `home` is its own one.
    ///
    /// `view` makes the messages that tell of it out of what was said in the session and what is asked there; they
    /// stand before all that happens in the session from then on. Done again it changes nothing.
    func attach(
        _ address: ChatAddress, to session: SessionID, home: SessionID,
        telling view: @Sendable (_ said: String, _ open: [Approval]) -> [Slot]
    ) async throws {
        try await turnstile.pass {
            let scene = try await scene(of: session)
            let open = asked(scene.open, in: session, at: address, running: scene.beginning.running)
            let slots = view(scene.said, scene.open) + open
            try await move(address, to: session, home: home, at: scene.beginning, telling: slots)
        }
    }

    /// What is asked in `session`, of the turn that is `running` there or of earlier ones, as whoever comes upon it at
    /// `address` sees it.
    func asked(
        _ open: [Approval], in session: SessionID, at address: ChatAddress, running: Turn.ID?
    ) -> [Slot] {
        let context = context(address, session)
        return open.flatMap { approval -> [Slot] in
            let view = ApprovalView(approval: approval, isCutOff: approval.turn != running, context: context)
            return view.slots + [view.call(replyTo: nil)]
        }
    }

    /// Takes the chat at `address` back to its own session, because its person may no longer be in `session`.
    ///
    /// Who is not let in at all hears nothing: what they may see is found out when they are again, and say something.
    func revoke(_ session: SessionID, at address: ChatAddress) async throws {
        guard let home = Self.home(of: address), session != home else { return }
        try await turnstile.pass {
            guard self.session(at: address, home: home) == session, try await mayShow(home, at: address) else { return }
            let beginning = try await core.beginning(of: home)
            let told = "You may no longer be in \(session): this chat is in your own conversation again."
            let slot = context(address, home).slot("revoked/\(session)/\(beginning.last.rawValue)", SlotContent(told))
            let open = asked(
                try await core.openApprovals(of: home), in: home, at: address, running: beginning.running)
            try await move(address, to: home, home: home, at: beginning, telling: [slot] + open)
            try await outbox.withdraw(from: address.chat)
        }
    }

    /// Has what `cursor` follows no longer be shown to who may not see it any more, whose chat goes back to its own session.
    func revoke(_ cursor: ChatCursor) async throws {
        try await revoke(cursor.session, at: cursor.address)
        try await shut(cursor)
    }

    /// Has what `wish` follows no longer be shown; false when it goes on, because the chat is in that session again.
    ///
    /// What is still asked there loses its buttons.
    func end(_ wish: Watches.Wish) async throws -> Bool {
        let isEnded = watches.end(wish) { !isCurrent(wish.cursor.session, at: wish.cursor.address) }
        guard isEnded else { return false }
        if try await mayShow(wish.cursor.session, at: wish.cursor.address) {
            try await leave(wish.cursor, isBarred: false, telling: try await leftApprovals(wish.cursor))
        } else {
            try await shut(wish.cursor)
        }
        return true
    }

    // MARK: Rights

    /// How often it is looked whether what is followed may still be shown.
    static let beat = Duration.seconds(30)

    /// Has all be looked at that may no longer be shown, again and again, until the task is cancelled.
    ///
    /// With the next event it would be found anyway: but where an agent waits for an answer, and only those follow who may
    /// not give it, there is none.
    func keepRights(by clock: any Clock<Duration>) async throws {
        while true {
            try await clock.sleep(for: Self.beat)
            let access = try await guests.access()
            watches.doubt { !access.shows($0, in: $1) }
        }
    }

    // MARK: Parts

    private func move(
        _ address: ChatAddress, to session: SessionID, home: SessionID, at beginning: Beginning, telling slots: [Slot]
    ) async throws {
        let cursor = ChatCursor(session: session, address: address, resume: beginning.open, told: beginning.last)
        let before = self.session(at: address, home: home)
        var left: ChatCursor?
        if before != session {
            let latest = try await core.beginning(of: before).latest
            left = ChatCursor(session: before, address: address, resume: .start, told: .start, awaited: latest)
        }
        try await outbox.put { [left] in
            try await ledger.attach(cursor, isOwn: session == home, leaving: left, telling: slots, bot: bot)
        }
        let go = { self.attached.withLock { $0[address] = session == home ? nil : session } }
        if let left { watches.leave(before, at: address, behind: left.awaited, by: go) } else { go() }
        // One that is still shown goes on from where it is.
        _ = try await watches.follow(try await ledger.begin(cursor, bot: bot))
    }

    /// What is asked where `cursor` is and is shown there, without its buttons.
    private func leftApprovals(_ cursor: ChatCursor) async throws -> [Slot] {
        let (session, context) = (cursor.session, context(cursor.address, cursor.session))
        var slots: [Slot] = []
        for approval in try await core.openApprovals(of: session) {
            let view = ApprovalView(approval: approval, left: session, context: context)
            for slot in view.slots where try await outbox.keeps(slot.key) { slots.append(slot) }
        }
        return slots
    }

    /// Has what `cursor` follows no longer be shown to who has lost the right to see it, nor what of it still waits.
    ///
    /// How far it was shown is forgotten: who has the right again comes upon it anew.
    private func shut(_ cursor: ChatCursor) async throws {
        // They may have it again by now, and what they say count on it.
        guard try await !mayShow(cursor.session, at: cursor.address) else { return }
        // Before the buttons go, which is for the same session.
        try await outbox.withdraw(from: cursor.address.chat)
        try await leave(cursor, isBarred: true, telling: try await withoutButtons(cursor))
    }

    /// What is seen with buttons where `cursor` is, without them.
    private func withoutButtons(_ cursor: ChatCursor) async throws -> [Slot] {
        let scope = context(cursor.address, cursor.session).scope
        return try await ledger.slots(under: scope, bot: bot).compactMap { slot in
            guard let shown = slot.shown, !(shown.buttons.isEmpty && slot.wanted.buttons.isEmpty) else { return nil }
            var slot = slot
            slot.wanted = shown
            (slot.wanted.buttons, slot.priority) = ([], .final)
            return slot
        }
    }

    private func leave(_ cursor: ChatCursor, isBarred: Bool, telling slots: [Slot]) async throws {
        let isOwn = Self.home(of: cursor.address) == cursor.session
        try await outbox.put {
            try await ledger.leave(cursor, isOwn: isOwn, isBarred: isBarred, telling: slots, bot: bot)
        }
    }

    /// A session as whoever comes upon it finds it.
    private struct Scene {
        var beginning: Beginning
        var said: String
        var open: [Approval]
    }

    private func scene(of session: SessionID) async throws -> Scene {
        var scene = Scene(beginning: try await core.beginning(of: session), said: "", open: [])
        // What is told now and what comes later is all that there is: the same moment is needed, or the next best.
        for _ in 1...5 {
            scene.said = try await core.history(of: session, turns: 2)
            scene.open = try await core.openApprovals(of: session)
            let now = try await core.beginning(of: session)
            if now.last == scene.beginning.last { break }
            scene.beginning = now
        }
        return scene
    }
}
