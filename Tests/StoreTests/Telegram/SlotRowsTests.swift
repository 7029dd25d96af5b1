import Conversation
import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct SlotRowsTests {
    private let state: TelegramState
    private let bot = TelegramState.bot
    private let session = SessionID(rawValue: "tg:5")

    init() throws { state = try TelegramState() }

    private func cursor(_ value: Int64, topic: Int64? = nil) -> CursorRow {
        CursorRow(session: session, chat: 5, topic: topic, cursor: Conversation.Cursor(rawValue: value))
    }

    @Test func `messages are due by chat, and in each in the order they were put`() async throws {
        let tables = state.tables()
        try await tables.put(
            [SlotRow(key: "c", chat: 6, wanted: "1"), SlotRow(key: "b", chat: 5, wanted: "1")], of: bot)
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], of: bot)
        let due = try await tables.due(of: bot)
        #expect(due.slots.map(\.key) == ["b", "a", "c"])
        let others = try await tables.due(of: 8)
        #expect(others.slots.isEmpty)
    }

    @Test func `a message keeps all that it was given, also when the database is opened again`() async throws {
        let row = SlotRow(
            key: "a", chat: -5, topic: 3, delivery: .once, priority: 1, wanted: #"{"text":"é\u0000"}"#, isLoud: true,
            replyTo: 9, session: session)
        try await state.tables().put([row], upTo: cursor(4, topic: 3), of: bot)
        let tables = try state.opened().tables()
        let (due, cursors) = try await (tables.due(of: bot), tables.cursors(of: bot))
        #expect(due.slots == [row])
        #expect(cursors == [cursor(4, topic: 3)])
    }

    @Test func `a newer wish changes what is wanted and how soon, and nothing else`() async throws {
        let tables = state.tables()
        let first = SlotRow(key: "a", chat: 5, topic: 2, wanted: "1", replyTo: 9)
        try await tables.put([first, SlotRow(key: "b", chat: 5, wanted: "1")], of: bot)
        try await tables.note(.placed(77), shown: "1", of: "a", bot: bot)
        let second = SlotRow(
            key: "a", chat: 6, delivery: .once, priority: 1, wanted: "2", stage: .new, isLoud: true, replyTo: 1)
        let kept = try await tables.put([second], of: bot)
        var expected = first
        (expected.wanted, expected.priority, expected.shown, expected.stage) = ("2", 1, "1", .placed(77))
        let due = try await tables.due(of: bot)
        #expect(kept == [expected])
        #expect(due.slots == [expected, SlotRow(key: "b", chat: 5, wanted: "1")])
    }

    @Test func `the same wish again makes nothing due`() async throws {
        let tables = state.tables()
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], of: bot)
        try await tables.note(.placed(77), shown: "1", of: "a", bot: bot)
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], of: bot)
        let due = try await tables.due(of: bot)
        #expect(due.slots.isEmpty)
    }

    @Test func `a message that failed stays failed and keeps the number that it had`() async throws {
        let tables = state.tables()
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], of: bot)
        try await tables.note(.placed(77), shown: "0", of: "a", bot: bot)
        try await tables.note(.failed("blocked"), shown: "0", of: "a", bot: bot)
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "2")], of: bot)
        let due = try await tables.due(of: bot)
        #expect(due.slots.isEmpty)
        #expect(
            try state.column("SELECT stage || message_id || reason || wanted FROM telegram_slots") == [
                "failed77blocked2"
            ])
    }

    @Test func `a message that is sent anew has no number`() async throws {
        let tables = state.tables()
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], of: bot)
        try await tables.note(.placed(77), shown: "0", of: "a", bot: bot)
        try await tables.note(.new, shown: nil, of: "a", bot: bot)
        #expect(try state.column("SELECT message_id FROM telegram_slots") == ["NULL"])
    }

    @Test(arguments: ["NEW.key = 'b'", "NEW.key = 'c'"])
    func `when a message cannot be kept neither the others nor the cursor are`(condition: String) async throws {
        let tables = state.tables()
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], upTo: cursor(3), of: bot)
        try state.refuse("INSERT", on: "telegram_slots", when: condition)
        let rows = ["a", "b", "c"].map { SlotRow(key: $0, chat: 5, wanted: "2") }
        await #expect(throws: (any Error).self) { try await tables.put(rows, upTo: cursor(4), of: bot) }
        let (due, cursors) = try await (tables.due(of: bot), tables.cursors(of: bot))
        #expect(due.slots == [SlotRow(key: "a", chat: 5, wanted: "1")])
        #expect(cursors == [cursor(3)])
    }

    @Test func `when the cursor cannot be kept the messages are not`() async throws {
        try state.refuse("INSERT", on: "telegram_cursors", when: "TRUE")
        let tables = state.tables()
        await #expect(throws: (any Error).self) {
            try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], upTo: cursor(4), of: bot)
        }
        let due = try await tables.due(of: bot)
        #expect(due.slots.isEmpty)
    }

    @Test func `with a session all that was written of it is forgotten, and nothing else`() async throws {
        let tables = state.tables()
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], of: bot)
        let other = CursorRow(session: SessionID(rawValue: "tg:6"), chat: 5, cursor: Conversation.Cursor(rawValue: 2))
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1", session: session)], upTo: cursor(3), of: bot)
        let kept = [
            SlotRow(key: "b", chat: 5, wanted: "1", session: other.session), SlotRow(key: "c", chat: 5, wanted: "1"),
        ]
        try await tables.put(kept, upTo: other, of: bot)
        try await SQLiteJournal(state.database).delete(session)
        let (due, cursors) = try await (tables.due(of: bot), tables.cursors(of: bot))
        #expect(due.slots == kept)
        #expect(cursors == [other])
    }

    @Test func `a cursor never goes back, and is one for each topic`() async throws {
        let tables = state.tables()
        for row in [cursor(4), cursor(3), cursor(2, topic: 1)] { try await tables.put([], upTo: row, of: bot) }
        let cursors = try await tables.cursors(of: bot)
        #expect(Set(cursors) == [cursor(4), cursor(2, topic: 1)])
    }

    @Test func `a hold lasts until another one, over openings, and ends when it is taken away`() async throws {
        try await state.tables().hold(5, until: 100, bot: bot)
        try await state.tables().hold(5, until: 50, bot: bot)
        try await state.tables().hold(6, until: 60, bot: bot)
        let tables = try state.opened().tables()
        let two = try await tables.due(of: bot).holds
        #expect(two == [5: 50, 6: 60])
        try await tables.hold(5, until: nil, bot: bot)
        let one = try await tables.due(of: bot).holds
        #expect(one == [6: 60])
    }

    @Test func `a chat that cannot be written to is known until it can, over openings, or for long enough`()
        async throws
    {
        let month: Int64 = 30 * TelegramState.day
        try await state.tables().lose(5, LossRow(since: 10, until: 20), bot: bot)
        try await state.tables().lose(5, LossRow(since: 10, until: 40), bot: bot)
        try await state.tables().lose(6, LossRow(since: 11, until: 21), bot: bot)
        let tables = try state.opened().tables()
        let two = try await tables.due(of: bot).losses
        #expect(two == [5: LossRow(since: 10, until: 40), 6: LossRow(since: 11, until: 21)])
        let others = try await tables.due(of: 8).losses
        #expect(others.isEmpty)
        try await tables.lose(6, nil, bot: bot)
        let one = try await tables.due(of: bot).losses
        #expect(one == [5: LossRow(since: 10, until: 40)])
        try await state.tables(at: 2 * month + 11).lose(7, LossRow(since: 2 * month, until: 2 * month), bot: bot)
        let late = try await tables.due(of: bot).losses
        #expect(late == [7: LossRow(since: 2 * month, until: 2 * month)])
    }

    @Test func `what may be sent again is due when it was begun, and is not told of`() async throws {
        let tables = state.tables()
        try await tables.put([SlotRow(key: "a", chat: 5, delivery: .repeated, wanted: "1", isLoud: true)], of: bot)
        try await tables.note(.begun, shown: nil, of: "a", bot: bot)
        let due = try await tables.due(of: bot).slots
        #expect(due.map(\.key) == ["a"] && due.first?.delivery == .repeated && due.first?.stage == .begun)
    }

    @Test func `what was sent is noted by a task that has been cancelled`() async throws {
        let tables = state.tables()
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], of: bot)
        try await Task { [bot] in
            withUnsafeCurrentTask { $0?.cancel() }
            try await tables.note(.placed(77), shown: nil, of: "a", bot: bot)
        }.value
        let due = try await tables.due(of: bot)
        #expect(due.slots.map(\.stage) == [.placed(77)])
    }

    @Test func `messages that are put at the same time are all there, each once`() async throws {
        let other = try state.opened()
        try await withThrowingTaskGroup { group in
            for number in 1...16 {
                let tables = (number.isMultiple(of: 2) ? state : other).tables()
                group.addTask {
                    let rows = [
                        SlotRow(key: "own \(number)", chat: 5, wanted: "1"),
                        SlotRow(key: "shared", chat: 5, wanted: "1"),
                    ]
                    try await tables.put(rows, upTo: cursor(Int64(number)), of: bot)
                }
            }
            try await group.waitForAll()
        }
        let (due, cursors) = try await (state.tables().due(of: bot), state.tables().cursors(of: bot))
        #expect(due.slots.map(\.key).sorted() == ((1...16).map { "own \($0)" } + ["shared"]).sorted())
        #expect(cursors == [cursor(16)])
    }
}
