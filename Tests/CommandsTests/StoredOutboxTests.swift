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
            isLoud: true,
            replyTo: 9)
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

    private static let stages: [Slot.Stage] = [.new, .begun, .placed(1), .failed("no")]

    @Test(arguments: stages, [Slot.Delivery.filled, .once])
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

    @Test func `messages are put with how far their session has come`() async throws {
        let address = ChatAddress(chat: 5, topic: 2)
        let outbox = StoredOutbox(try state.tables())
        let cursor = ChatCursor(
            session: session, address: address, resume: Conversation.Cursor(rawValue: 7),
            told: Conversation.Cursor(rawValue: 12))
        try await outbox.put([Slot("a", at: address, content)], upTo: cursor, bot: bot)
        try await outbox.hold(5, until: 99, bot: bot)
        let again = StoredOutbox(try state.tables())
        let (due, cursors) = try await (again.due(of: bot), again.cursors(of: bot))
        #expect(due.slots.map(\.key) == ["a"])
        #expect(due.holds == [5: 99])
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
}
