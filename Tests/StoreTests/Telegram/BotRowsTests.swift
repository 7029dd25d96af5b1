import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct BotRowsTests {
    private let state: TelegramState
    private let bot = TelegramState.bot

    init() throws { state = try TelegramState() }

    @Test func `people are welcomed once in a while, whatever the clock does, and by each bot`() async throws {
        var claims: [Bool] = []
        for time in [1_000, 1_099, 1_100, 50, 149] as [Int64] {
            claims.append(try await state.opened().tables(at: time).claimWelcome(apart: 100, of: bot))
        }
        #expect(claims == [true, false, true, true, false])
        let other = try await state.tables(at: 1_099).claimWelcome(apart: 100, of: 8)
        #expect(other)
    }

    @Test func `a welcome is claimed by one of those who want to at the same time`() async throws {
        let tables = state.tables()
        let claims = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { try await tables.claimWelcome(apart: 100, of: bot) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(claims.filter(\.self).count == 1)
    }

    @Test func `what is noted of a bot leaves the rest as it is`() async throws {
        let tables = state.tables()
        let before = try await tables.commands(of: bot)
        #expect(before == nil)
        _ = try await tables.keep([], offset: 5, of: bot)
        try await tables.noteCommands("a", of: bot)
        try await tables.noteCommands("b", of: bot)
        _ = try await tables.claimWelcome(apart: 1, of: bot)
        let (commands, offset) = try await (tables.commands(of: bot), tables.offset(of: bot))
        #expect(commands == "b")
        #expect(offset == 5)
    }

    @Test func `a value is kept under its name until it is replaced or forgotten`() async throws {
        let tables = state.tables()
        try await tables.keep("1", as: "a", of: bot)
        try await tables.keep("2", as: "a", of: bot)
        try await tables.keep("3", as: "a", of: 8)
        let (value, unknown) = try await (state.opened().tables().value("a", of: bot), tables.value("b", of: bot))
        #expect(value == "2")
        #expect(unknown == nil)
        try await tables.keep(nil, as: "a", of: bot)
        let (gone, other) = try await (tables.value("a", of: bot), tables.value("a", of: 8))
        #expect(gone == nil)
        #expect(other == "3")
    }
}
