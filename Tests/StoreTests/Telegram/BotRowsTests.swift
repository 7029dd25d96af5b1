import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct BotRowsTests {
    private let state: TelegramState
    private let bot = TelegramState.bot

    init() throws { state = try TelegramState() }

    @Test func `it is known when each bot welcomed people last`() async throws {
        for time in [1_000, 50] as [Int64] {
            try await state.opened().tables(at: time).noteWelcome(of: bot)
            let welcomed = try await state.opened().tables().welcomed(of: bot)
            #expect(welcomed == time)
        }
        let other = try await state.tables().welcomed(of: 8)
        #expect(other == nil)
    }

    @Test func `what is noted of a bot leaves the rest as it is`() async throws {
        let tables = state.tables()
        let before = try await tables.commands(of: bot)
        #expect(before == nil)
        _ = try await tables.keep([], offset: 5, of: bot)
        try await tables.noteCommands("a", of: bot)
        try await tables.noteCommands("b", of: bot)
        try await tables.noteWelcome(of: bot)
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
