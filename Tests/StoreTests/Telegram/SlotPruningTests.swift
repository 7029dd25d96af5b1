import Testing

@testable import Store

@Suite struct SlotPruningTests {
    private let state: TelegramState
    private let bot = TelegramState.bot
    /// When what was noted at 0 is old enough.
    private let late = 30 * TelegramState.day + 1

    init() throws { state = try TelegramState() }

    private func put(_ key: String, chat: Int64 = 5, topic: Int64? = nil, _ stage: SlotRow.Stage) async throws {
        let shown: String? = if case .placed = stage { "1" } else { nil }
        let row = SlotRow(
            key: key, chat: chat, topic: topic, delivery: stage == .begun ? .once : .filled, wanted: "1", shown: shown,
            stage: stage)
        try await state.tables().put([row], of: bot)
    }

    private func left(at time: Int64) async throws -> [String] {
        try await state.tables(at: time).put([], of: bot)
        return try state.column("SELECT key FROM telegram_slots ORDER BY place")
    }

    @Test func `what is done is forgotten after thirty days, but for the last of each place`() async throws {
        try await put("first", .placed(1))
        try await put("last of the topic", topic: 2, .placed(2))
        try await put("last of the chat", .placed(3))
        try await put("last of another chat", chat: 6, .placed(1))
        #expect(try await left(at: late - 1).count == 4)
        #expect(try await left(at: late) == ["last of the topic", "last of the chat", "last of another chat"])
    }

    @Test func `what nobody can change any more is forgotten though it is the last`() async throws {
        try await put("placed", .placed(1))
        try await put("failed", .failed("blocked"))
        try await put("begun", .begun)
        #expect(try await left(at: late) == ["placed"])
    }

    @Test func `what is due is never forgotten`() async throws {
        try await put("new", .new)
        try await put("first", .placed(1))
        try await put("last", .placed(2))
        try await state.tables().put([SlotRow(key: "first", chat: 5, wanted: "2")], of: bot)
        #expect(try await left(at: late) == ["new", "first", "last"])
    }

    @Test func `the thirty days begin with the last change`() async throws {
        try await put("first", .placed(1))
        try await put("last", .placed(2))
        try await state.tables(at: 10).note(.placed(1), shown: "1", of: "first", bot: bot)
        #expect(try await left(at: late) == ["first", "last"])
        #expect(try await left(at: late + 10) == ["last"])
    }

    @Test func `a place is never given twice, also when the last message is forgotten`() async throws {
        try await put("failed", .failed("blocked"))
        let first = try state.column("SELECT place FROM telegram_slots")
        #expect(try await left(at: late).isEmpty)
        try await put("next", .new)
        #expect(try state.column("SELECT place FROM telegram_slots") != first)
    }
}
