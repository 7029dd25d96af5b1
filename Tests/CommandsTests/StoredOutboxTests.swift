import Conversation
import Store
import TelegramFront
import Testing

@testable import Commands

@Suite struct StoredOutboxTests {
    private let state: TestDatabase
    private let bot: Int64 = 7
    private let session = SessionID(rawValue: "tg:5")

    init() throws { state = try TestDatabase() }

    private var content: SlotContent {
        SlotContent(
            "a/b \"é\" \0 😀", entities: [BotEntity(type: "pre", offset: 0, length: 3, language: "swift")],
            buttons: [[.init("Yes", carries: "y"), .init("No", carries: "n")], [.init("Later", carries: "l")]],
            document: .init(fileName: "a.md", path: "/tmp/a.md", caption: "all of it"))
    }

    @Test func `a message is the same when it was kept`() async throws {
        var slot = Slot(
            "turn 5", at: ChatAddress(chat: -100, topic: 3), content, delivery: .once, priority: .progress,
            isLoud: true, replyTo: 9, session: session)
        let outbox = StoredOutbox(try state.tables())
        let kept = try await outbox.put([slot], bot: bot)
        #expect(kept == [slot])
        let fresh = try await StoredOutbox(state.tables()).due(of: bot)
        #expect(fresh.slots == [slot])
        try await outbox.note(.placed(77), shown: SlotContent("…"), of: slot.key, bot: bot)
        (slot.stage, slot.shown) = (.placed(77), SlotContent("…"))
        let placed = try await outbox.due(of: bot)
        #expect(placed.slots == [slot])
        try await outbox.note(.placed(77), shown: content, of: slot.key, bot: bot)
        let done = try await outbox.due(of: bot)
        #expect(done.slots.isEmpty)
    }

    private static let stages: [Slot.Stage] = [.new, .begun, .placed(1), .failed("no"), .withdrawn]

    @Test(arguments: stages, [Slot.Delivery.filled, .once, .repeated])
    func `the database and the front agree on what is due`(stage: Slot.Stage, delivery: Slot.Delivery) async throws {
        let outbox = StoredOutbox(try state.tables())
        for (key, shown) in [("nothing", nil), ("other", SlotContent("other")), ("same", content)] {
            var slot = Slot(key, at: ChatAddress(chat: 5), content, delivery: delivery)
            try await outbox.put([slot], bot: bot)
            try await outbox.note(stage, shown: shown, of: key, bot: bot)
            (slot.stage, slot.shown) = (stage, shown)
            let due = try await outbox.due(of: bot).slots.filter { $0.key == key }
            // Also what may have been sent or not.
            let isTold = slot.isDue || (stage == .begun && delivery == .once)
            #expect(due == (isTold ? [slot] : []), "\(key)")
        }
    }

    @Test(arguments: [nil, 77] as [Int64?])
    func `what was withdrawn is where it was before when it is put again, and what has failed is not`(
        number: Int64?
    ) async throws {
        let outbox = StoredOutbox(try state.tables()), before = number.map { Slot.Stage.placed($0) } ?? .new
        var slot = Slot("a", at: ChatAddress(chat: 5), SlotContent("running"), priority: .progress)
        let gone = Slot("b", at: ChatAddress(chat: 5), content)
        try await outbox.put([slot, gone], bot: bot)
        try await outbox.note(before, shown: nil, of: "a", bot: bot)
        try await outbox.note(.withdrawn, shown: nil, of: "a", bot: bot)
        try await outbox.note(.failed("no"), shown: nil, of: "b", bot: bot)
        #expect(try await outbox.slots(under: "", bot: bot).map(\.stage) == [.withdrawn, .failed("no")])
        // Also the very same.
        #expect(try await outbox.put([slot], bot: bot).map(\.stage) == [before])
        try await outbox.note(.withdrawn, shown: nil, of: "a", bot: bot)
        (slot.wanted, slot.priority) = (content, .final)
        _ = try await outbox.put([slot, gone], bot: bot)
        slot.stage = before
        #expect(try await outbox.due(of: bot).slots == [slot])
    }

    @Test func `messages are put with how far their session has come`() async throws {
        let address = ChatAddress(chat: 5, topic: 2)
        let outbox = StoredOutbox(try state.tables())
        let cursor = ChatCursor(
            session: session, address: address, resume: Conversation.Cursor(rawValue: 7),
            told: Conversation.Cursor(rawValue: 12))
        try await outbox.put([Slot("a", at: address, content)], upTo: cursor, bot: bot)
        try await outbox.hold(5, until: 99, bot: bot)
        try await outbox.lose(6, ChatLoss(since: 1, until: 2), bot: bot)
        let again = StoredOutbox(try state.tables())
        let (due, cursors) = try await (again.due(of: bot), again.cursors(of: bot))
        #expect(due.slots.map(\.key) == ["a"])
        #expect(due.holds == [5: 99] && due.losses == [6: ChatLoss(since: 1, until: 2)])
        #expect(cursors == [cursor])
    }

    @Test func `what is written of a session that is deleted is not sent any more`() async throws {
        let address = ChatAddress(chat: 5)
        let outbox = StoredOutbox(try state.tables())
        let cursor = ChatCursor(
            session: session, address: address, resume: Conversation.Cursor(rawValue: 7),
            told: Conversation.Cursor(rawValue: 12))
        try await outbox.put([Slot("a", at: address, content)], upTo: cursor, bot: bot)
        try await outbox.put([Slot("b", at: address, content)], bot: bot)
        try await SessionCatalog(Database(in: state.directory)).delete(session)
        let (due, cursors) = try await (outbox.due(of: bot), outbox.cursors(of: bot))
        #expect(due.slots.map(\.key) == ["b"])
        #expect(cursors.isEmpty)
    }

    @Test func `a chat that goes to another session is there after a restart, until it comes back`() async throws {
        let address = ChatAddress(chat: 5), other = ChatAddress(chat: 5, topic: 3)
        let outbox = StoredOutbox(try state.tables())
        func cursor(_ name: String, _ address: ChatAddress, told: Int64) -> ChatCursor {
            ChatCursor(
                session: SessionID(rawValue: name), address: address, resume: Conversation.Cursor(rawValue: 3),
                told: Conversation.Cursor(rawValue: told))
        }
        let own = cursor("tg:5:5", address, told: 4), tty = cursor("tty:default", address, told: 9)
        _ = try await outbox.begin(own, bot: bot)
        let slots = try await outbox.attach(
            tty, isOwn: false, leaving: nil, telling: [Slot("a", at: address, content)], bot: bot)
        #expect(slots.map(\.key) == ["a"])
        _ = try await outbox.attach(cursor("tty:b", other, told: 9), isOwn: false, leaving: nil, telling: [], bot: bot)
        let again = StoredOutbox(try state.tables())
        let attached = try await again.attachments(of: bot)
        #expect(attached == [address: SessionID(rawValue: "tty:default"), other: SessionID(rawValue: "tty:b")])
        #expect(try await outbox.attachments(of: 8).isEmpty)
        // The one where the chat is stays, and its place with it.
        let refused = try await again.leave(
            tty, isOwn: false, isBarred: false, telling: [Slot("b", at: address, content)], bot: bot)
        #expect(refused.isEmpty)
        _ = try await again.attach(
            cursor("tty:default", address, told: 20), isOwn: false, leaving: nil, telling: [], bot: bot)
        _ = try await again.leave(own, isOwn: true, isBarred: false, telling: [], bot: bot)
        #expect(try await again.cursors(of: bot).filter { $0.address == address } == [tty])
        // Back again.
        let back = cursor("tg:5:5", address, told: 12)
        _ = try await again.attach(back, isOwn: true, leaving: nil, telling: [], bot: bot)
        let left = try await again.leave(
            tty, isOwn: false, isBarred: false, telling: [Slot("b", at: address, content)], bot: bot)
        #expect(left.map(\.key) == ["b"])
        #expect(
            try await again.leave(
                back, isOwn: true, isBarred: false, telling: [Slot("c", at: address, content)], bot: bot
            ).isEmpty)
        #expect(try await again.cursors(of: bot).filter { $0.address == address } == [back])
        #expect(try await again.attachments(of: bot) == [other: SessionID(rawValue: "tty:b")])
    }

    @Test func `the place of a session is forgotten where nobody may see it, though the chat is in it`() async throws {
        let outbox = StoredOutbox(try state.tables()), address = ChatAddress(chat: 5)
        let own = ChatCursor(session: SessionID(rawValue: "tg:5:5"), address: address, resume: .start, told: .start)
        let tty = ChatCursor(session: SessionID(rawValue: "tty:a"), address: address, resume: .start, told: .start)
        _ = try await outbox.begin(own, bot: bot)
        for isOwn in [true, false] {
            let cursor = isOwn ? own : tty
            if !isOwn { _ = try await outbox.attach(tty, isOwn: false, leaving: nil, telling: [], bot: bot) }
            let slots = [Slot("\(cursor.session)", at: address, content)]
            let left = try await outbox.leave(cursor, isOwn: isOwn, isBarred: true, telling: slots, bot: bot)
            #expect(left == slots)
        }
        #expect(try await outbox.cursors(of: bot).isEmpty)
        #expect(try await outbox.attachments(of: bot) == [address: tty.session])
    }

    @Test func `what a chat is still to see of a session that it leaves is known after a restart`() async throws {
        let address = ChatAddress(chat: 5), outbox = StoredOutbox(try state.tables())
        func cursor(_ name: String, told: Int64 = 0, awaited: Int64 = 0) -> ChatCursor {
            ChatCursor(
                session: SessionID(rawValue: name), address: address, resume: Conversation.Cursor(rawValue: told),
                told: Conversation.Cursor(rawValue: told), awaited: Conversation.Cursor(rawValue: awaited))
        }
        _ = try await outbox.begin(cursor("tg:5:5", told: 4), bot: bot)
        for awaited in [6, 5] as [Int64] {
            _ = try await outbox.attach(
                cursor("tty:a", told: 9), isOwn: false, leaving: cursor("tg:5:5", awaited: awaited), telling: [],
                bot: bot)
        }
        // Nothing is shown of this one.
        _ = try await outbox.attach(
            cursor("tty:a", told: 9), isOwn: false, leaving: cursor("tty:b", awaited: 7), telling: [], bot: bot)
        try await outbox.put([], upTo: cursor("tg:5:5", told: 5), bot: bot)
        let kept = try await StoredOutbox(state.tables()).cursors(of: bot)
        #expect(Set(kept) == [cursor("tg:5:5", told: 5, awaited: 6), cursor("tty:a", told: 9)])
    }

    @Test func `messages are found by the beginning of their keys, in their order`() async throws {
        let outbox = StoredOutbox(try state.tables()), address = ChatAddress(chat: 5)
        let keys = ["tty:a@5/t2", "tty:a@5/é", "tty:a@5", "tty:a@55/t1", "tty:A@5/t3", "tty:a@5/"]
        try await outbox.put(keys.map { Slot($0, at: address, content) }, bot: bot)
        try await outbox.put([Slot("tty:a@5/t9", at: address, content)], bot: 8)
        let found = try await outbox.slots(under: "tty:a@5/", bot: bot)
        #expect(
            found.map(\.key) == ["tty:a@5/t2", "tty:a@5/é", "tty:a@5/"] && found.allSatisfy { $0.wanted == content })
    }
}
