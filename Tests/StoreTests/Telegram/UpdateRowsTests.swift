import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct UpdateRowsTests {
    private let state: TelegramState
    private let bot = TelegramState.bot
    private let day = TelegramState.day

    init() throws { state = try TelegramState() }

    private func row(_ id: Int64, at time: Int64 = 0, _ payload: String = "{}") -> UpdateRow {
        UpdateRow(id: id, arrivedAt: time, payload: payload)
    }

    @Test func `what is ignored is kept as dealt with, at once`() async throws {
        let new = try await state.tables().keep([row(1), row(2)], offset: 3, ignored: true, of: bot)
        #expect(new.map(\.id) == [1, 2])
        let open = try await state.tables().openUpdates(of: bot)
        #expect(open.isEmpty)
        let again = try await state.tables().keep([row(2), row(3)], offset: 4, of: bot)
        #expect(again.map(\.id) == [3])
    }

    @Test func `an update that comes twice in one batch is new once`() async throws {
        let new = try await state.tables().keep([row(1, "a"), row(2), row(1, "b")], offset: 3, of: bot)
        #expect(new == [row(1, "a"), row(2)])
        let open = try await state.tables().openUpdates(of: bot)
        #expect(open == new)
    }

    @Test(arguments: [false, true])
    func `an update that comes again is not new, dealt with or not`(isClosed: Bool) async throws {
        let tables = state.tables()
        _ = try await tables.keep([row(1), row(2)], offset: 3, of: bot)
        if isClosed { try await tables.closeUpdate(2, of: bot) }
        let new = try await tables.keep([row(2), row(3)], offset: 4, of: bot)
        #expect(new == [row(3)])
        let open = try await tables.openUpdates(of: bot)
        #expect(open.map(\.id) == (isClosed ? [1, 3] : [1, 2, 3]))
    }

    @Test func `what was kept is there after opening again, for its bot alone`() async throws {
        _ = try await state.tables().keep([row(1), row(2, "two")], offset: 3, of: bot)
        try await state.tables().closeUpdate(1, of: bot)
        let tables = try state.opened().tables()
        let (open, offset) = try await (tables.openUpdates(of: bot), tables.offset(of: bot))
        #expect(open == [row(2, "two")])
        #expect(offset == 3)
        let (others, otherOffset) = try await (tables.openUpdates(of: 8), tables.offset(of: 8))
        #expect(others.isEmpty && otherOffset == nil)
        let new = try await tables.keep([row(1)], offset: 2, of: 8)
        #expect(new == [row(1)])
    }

    @Test func `of a batch that fails neither updates nor offset are kept`() async throws {
        _ = try await state.tables().keep([row(1)], offset: 2, of: bot)
        try state.refuse("INSERT", on: "telegram_updates", when: "NEW.update_id = 3")
        await #expect(throws: (any Error).self) {
            try await state.tables().keep([row(2), row(3), row(4)], offset: 5, of: bot)
        }
        let (open, offset) = try await (state.tables().openUpdates(of: bot), state.tables().offset(of: bot))
        #expect(open == [row(1)])
        #expect(offset == 2)
    }

    @Test func `when the offset cannot be kept the updates are not`() async throws {
        try state.refuse("INSERT", on: "telegram_bots", when: "TRUE")
        await #expect(throws: (any Error).self) { try await state.tables().keep([row(1)], offset: 2, of: bot) }
        #expect(try state.column("SELECT count(*) FROM telegram_updates") == ["0"])
    }

    @Test func `what an update said is forgotten when it was dealt with`() async throws {
        _ = try await state.tables().keep([row(1, "secret")], offset: 2, of: bot)
        try await state.tables().closeUpdate(1, of: bot)
        #expect(try state.column("SELECT payload FROM telegram_updates") == ["NULL"])
    }

    @Test func `that an update came is known for eight days, and for ever while it is open`() async throws {
        _ = try await state.tables().keep([row(1), row(2)], offset: 3, of: bot)
        try await state.tables().closeUpdate(1, of: bot)
        let early = try await state.tables(at: 8 * day).keep([row(1), row(2)], offset: 3, of: bot)
        #expect(early.isEmpty)
        let late = try await state.tables(at: 8 * day + 1).keep([row(1), row(2)], offset: 3, of: bot)
        #expect(late == [row(1)])
    }

    @Test func `updates are open in the order they came, also when numbers begin anew`() async throws {
        _ = try await state.tables().keep([row(900), row(901)], offset: 902, of: bot)
        _ = try await state.tables().keep([row(5), row(6)], offset: 7, of: bot)
        let (open, offset) = try await (state.tables().openUpdates(of: bot), state.tables().offset(of: bot))
        #expect(open.map(\.id) == [900, 901, 5, 6])
        #expect(offset == 7)
    }

    @Test func `an offset is no longer told when Telegram may have begun to count anew`() async throws {
        _ = try await state.tables(at: 5).keep([row(1)], offset: 2, of: bot)
        let (early, late) = try await (
            state.tables(at: 5 + 6 * day).offset(of: bot), state.tables(at: 6 + 6 * day).offset(of: bot)
        )
        #expect(early == 2)
        #expect(late == nil)
    }

    @Test func `a poll without updates only notes the offset`() async throws {
        let new = try await state.tables().keep([], offset: 12, of: bot)
        let offset = try await state.tables().offset(of: bot)
        #expect(new.isEmpty && offset == 12)
    }

    @Test func `each update is new to one of those who keep it at the same time`() async throws {
        let other = try state.opened()
        let rows = (1...50).map { row(Int64($0)) }
        let new = try await withThrowingTaskGroup(of: [UpdateRow].self) { group in
            for number in 0..<8 {
                let tables = (number.isMultiple(of: 2) ? state : other).tables()
                group.addTask { try await tables.keep(rows, offset: 51, of: bot) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(new.map(\.id).sorted() == rows.map(\.id))
    }
}
