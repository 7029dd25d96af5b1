import Testing

@testable import Store

@Suite struct SeenRowsTests {
    private let state: TelegramState
    private let bot = TelegramState.bot

    init() throws { state = try TelegramState() }

    private func see(_ rows: [SeenRow], at time: Int64) async throws {
        _ = try await state.tables(at: time).keep([], offset: 1, seen: rows, of: bot)
    }

    @Test func `who was heard of is known by the newest name, the last one first`() async throws {
        let ann = SeenRow(.user, id: 1, name: "ann"), team = SeenRow(.chat, id: -2, type: "group", name: "team")
        try await see([ann, team], at: 1)
        try await see([SeenRow(.user, id: 1, name: "anna")], at: 2)
        let (seen, others) = try await (state.tables().seen(of: bot), state.tables().seen(of: 8))
        #expect(seen == [SeenRow(.user, id: 1, name: "anna"), team])
        #expect(others.isEmpty)
    }

    @Test func `a group is known under its newest number`() async throws {
        try await see([SeenRow(.chat, id: -2, type: "group", name: "team")], at: 1)
        try await state.tables().rename(-2, to: -100, of: bot)
        try await see([SeenRow(.chat, id: -100, type: "supergroup", name: "team")], at: 2)
        let seen = try await state.tables().seen(of: bot)
        #expect(seen.map(\.id) == [-100])
    }

    @Test func `ten thousand strangers leave two hundred rows`() async throws {
        for number in Int64(0)..<1000 {
            let rows = (1...10).map { SeenRow(.user, id: number * 10 + $0, name: "eve") }
            try await see(rows, at: number)
        }
        let seen = try await state.tables().seen(of: bot)
        #expect(seen.count == 200 && seen.allSatisfy { $0.id > 9_800 })
    }
}
