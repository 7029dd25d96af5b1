import Conversation
import Testing

@testable import Store

@Suite struct RenamedChatTests {
    private let state: TelegramState
    private let tables: TelegramTables
    private let bot = TelegramState.bot

    init() throws {
        state = try TelegramState()
        tables = state.tables()
    }

    private func cursor(_ value: Int64, chat: Int64, session: String = "s") -> CursorRow {
        CursorRow(
            session: SessionID(rawValue: session), chat: chat, cursor: Conversation.Cursor(rawValue: value))
    }

    private func chats() throws -> [String] {
        try state.column("SELECT key || chat FROM telegram_slots ORDER BY place")
    }

    @Test func `what is due begins anew in the new chat, in its order, and what is done stays`() async throws {
        try await tables.put(
            [
                SlotRow(key: "done", chat: -5, wanted: "1", shown: "1", stage: .placed(1)),
                SlotRow(key: "half", chat: -5, wanted: "2", shown: "1", stage: .placed(2), replyTo: 1),
                SlotRow(key: "begun", chat: -5, wanted: "1", stage: .begun),
                SlotRow(key: "once", chat: -5, delivery: .once, wanted: "1", stage: .begun),
                SlotRow(key: "sent", chat: -5, delivery: .once, wanted: "2", shown: "1", stage: .placed(4)),
                SlotRow(key: "heard", chat: -5, delivery: .repeated, wanted: "2", shown: "1", stage: .placed(5)),
                SlotRow(key: "elsewhere", chat: -6, wanted: "1"),
            ], of: bot)
        try await tables.rename(-5, to: -100, of: bot)
        let due = try await tables.due(of: bot)
        #expect(
            due.slots == [
                SlotRow(key: "half", chat: -100, wanted: "2"), SlotRow(key: "begun", chat: -100, wanted: "1"),
                SlotRow(key: "elsewhere", chat: -6, wanted: "1"),
                // Not due, and nobody knows what became of it.
                SlotRow(key: "once", chat: -5, delivery: .once, wanted: "1", stage: .begun),
            ])
        #expect(try chats() == ["done-5", "half-100", "begun-100", "once-5", "sent-5", "heard-5", "elsewhere-6"])
    }

    @Test func `a message of the old chat is sent to the new one when something new is put into it`() async throws {
        try await tables.put([SlotRow(key: "a", chat: -5, wanted: "1", shown: "1", stage: .placed(1))], of: bot)
        try await tables.rename(-5, to: -100, of: bot)
        let kept = try await tables.put([SlotRow(key: "a", chat: -5, wanted: "2")], of: bot)
        let due = try await tables.due(of: bot)
        #expect(kept == due.slots)
        #expect(due.slots == [SlotRow(key: "a", chat: -100, wanted: "2")])
    }

    @Test func `what is put for the old chat later gets to the new one, with its cursor`() async throws {
        try await tables.rename(-5, to: -100, of: bot)
        try await tables.put([SlotRow(key: "a", chat: -5, wanted: "1")], upTo: cursor(3, chat: -5), of: bot)
        let (due, cursors) = try await (tables.due(of: bot), tables.cursors(of: bot))
        #expect(due.slots.map(\.chat) == [-100])
        #expect(cursors == [cursor(3, chat: -100)])
    }

    @Test func `cursors, holds and who was let in go along, and the further one counts`() async throws {
        for row in [cursor(4, chat: -5), cursor(3, chat: -100), cursor(2, chat: -5, session: "t")] {
            try await tables.put([], upTo: row, of: bot)
        }
        try await tables.hold(-5, until: 20, bot: bot)
        try await tables.hold(-100, until: 10, bot: bot)
        try await tables.lose(-5, LossRow(since: 1, until: 2), bot: bot)
        for pairing in [PairingRow(.chat, id: -5, name: "old"), PairingRow(.chat, id: -100, name: "new")] {
            try await tables.add(pairing, of: bot)
        }
        try await tables.add(PairingRow(.user, id: -5, name: "no chat"), of: bot)
        try await tables.rename(-5, to: -100, of: bot)
        let (cursors, holds) = try await (tables.cursors(of: bot), tables.due(of: bot).holds)
        let losses = try await tables.due(of: bot).losses
        #expect(losses.isEmpty)
        #expect(Set(cursors) == [cursor(4, chat: -100), cursor(2, chat: -100, session: "t")])
        #expect(holds == [-100: 20])
        let pairings = try await tables.pairings(of: bot)
        #expect(pairings == [PairingRow(.chat, id: -100, name: "old"), PairingRow(.user, id: -5, name: "no chat")])
    }

    @Test func `another bot in the same chat is not touched`() async throws {
        try await tables.put([SlotRow(key: "a", chat: -5, wanted: "1")], upTo: cursor(3, chat: -5), of: 8)
        try await tables.rename(-5, to: -100, of: bot)
        let (due, cursors) = try await (tables.due(of: 8), tables.cursors(of: 8))
        #expect(due.slots.map(\.chat) == [-5])
        #expect(cursors == [cursor(3, chat: -5)])
    }

    @Test func `renaming again changes nothing, and a second rename leads to the last chat`() async throws {
        try await tables.put([SlotRow(key: "a", chat: -5, wanted: "1")], of: bot)
        try await tables.rename(-5, to: -50, of: bot)
        try await tables.rename(-5, to: -50, of: bot)
        try await tables.rename(-50, to: -100, of: bot)
        let (due, renamed) = try await (tables.due(of: bot), tables.guests(of: bot).renamed)
        #expect(due.slots.map(\.chat) == [-100])
        #expect(renamed == [-5: -100, -50: -100])
        try await tables.rename(-100, to: -5, of: bot)
        let back = try await tables.guests(of: bot).renamed
        #expect(back == [-50: -5, -100: -5])
    }

    @Test func `of a renaming that fails nothing is done`() async throws {
        try await tables.put([SlotRow(key: "a", chat: -5, wanted: "1")], upTo: cursor(3, chat: -5), of: bot)
        try await tables.hold(-5, until: 20, bot: bot)
        try state.refuse("UPDATE", on: "telegram_slots", when: "NEW.chat = -100")
        await #expect(throws: (any Error).self) { try await tables.rename(-5, to: -100, of: bot) }
        let (cursors, renamed) = try await (tables.cursors(of: bot), tables.guests(of: bot).renamed)
        #expect(cursors == [cursor(3, chat: -5)])
        #expect(renamed.isEmpty)
        let holds = try await tables.due(of: bot).holds
        #expect(holds == [-5: 20])
    }

    @Test func `the first number is known, also after a second rename and on the way back`() async throws {
        try await tables.rename(-5, to: -50, of: bot)
        let once = try await tables.guests(of: bot).originals
        #expect(once == [-50: -5])
        try await tables.rename(-50, to: -100, of: bot)
        try await tables.rename(-50, to: -100, of: bot)
        let twice = try await tables.guests(of: bot).originals
        #expect(twice == [-100: -5])
        try await tables.rename(-100, to: -5, of: bot)
        let back = try await tables.guests(of: bot).originals
        #expect(back == [-5: -5])
    }
}
