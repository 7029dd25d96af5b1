import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct PairingRowsTests {
    private let state: TelegramState
    private let bot = TelegramState.bot
    private let ann = PairingRow(.user, id: 1, name: "ann", by: "me", at: 5)

    init() throws { state = try TelegramState() }

    @Test func `who was let in is listed until taken out, over openings`() async throws {
        let group = PairingRow(.chat, id: -2, name: "team", by: "me", at: 4)
        for pairing in [ann, group] { try await state.tables().add(pairing, of: bot) }
        let tables = try state.opened().tables()
        let (all, others) = try await (tables.pairings(of: bot), tables.pairings(of: 8))
        #expect(all == [group, ann])
        #expect(others.isEmpty)
        let removals = try await [
            tables.remove(.chat, id: 1, of: bot), tables.remove(.user, id: 1, of: bot),
            tables.remove(.user, id: 1, of: bot),
        ]
        #expect(removals == [false, true, false])
        let rest = try await tables.pairings(of: bot)
        #expect(rest == [group])
    }

    @Test func `who comes in again gets the new name, and stays let in by the first`() async throws {
        try await state.tables().add(ann, of: bot)
        try await state.tables().add(PairingRow(.user, id: 1, name: "anna", by: "you", at: 9), of: bot)
        let all = try await state.tables().pairings(of: bot)
        #expect(all == [PairingRow(.user, id: 1, name: "anna", by: "me", at: 5)])
    }

    @Test func `a code lets in once, in the name of its maker`() async throws {
        try await state.tables().offerCode(hash: "h", by: "me", of: bot)
        let guests = [PairingRow(.user, id: 1, name: "ann"), PairingRow(.chat, id: -2, name: "team")]
        let (first, second) = try await (
            state.tables(at: 599_999).redeemCode(hash: "h", by: 1, for: guests, of: bot),
            state.tables(at: 599_999).redeemCode(
                hash: "h", by: 3, for: [PairingRow(.user, id: 3, name: "bob")], of: bot)
        )
        #expect(first == .letIn)
        #expect(second == .noCode)
        let all = try await state.tables().pairings(of: bot)
        #expect(
            all == [
                PairingRow(.chat, id: -2, name: "team", by: "me", at: 599_999),
                PairingRow(.user, id: 1, name: "ann", by: "me", at: 599_999),
            ])
    }

    @Test func `a code that is too old lets nobody in and is forgotten`() async throws {
        try await state.tables().offerCode(hash: "h", by: "me", of: bot)
        let result = try await state.tables(at: 600_000).redeemCode(hash: "h", by: 1, for: [ann], of: bot)
        #expect(result == .noCode)
        #expect(try state.column("SELECT count(*) FROM telegram_codes") == ["0"])
        let all = try await state.tables().pairings(of: bot)
        #expect(all.isEmpty)
    }

    @Test func `five wrong tries of one person count for that one alone`() async throws {
        let tables = state.tables()
        try await tables.offerCode(hash: "h", by: "me", of: bot)
        for number in 1...5 {
            let result = try await tables.redeemCode(hash: "x", by: 2, for: [ann], of: bot)
            #expect(result == .wrong(triesLeft: 5 - number))
        }
        // Not even with the right one, until there is a new code.
        let (sixth, right) = try await (
            tables.redeemCode(hash: "x", by: 2, for: [ann], of: bot),
            tables.redeemCode(hash: "h", by: 2, for: [ann], of: bot)
        )
        #expect(sixth == .tooMany && right == .tooMany)
        let nobody = try await tables.pairings(of: bot)
        #expect(nobody.isEmpty)
        let ann = try await tables.redeemCode(hash: "h", by: 1, for: [ann], of: bot)
        #expect(ann == .letIn)
        #expect(try state.column("SELECT count(*) FROM telegram_tries") == ["0"])
    }

    @Test func `many strangers slow down guessing, and do not spend the code`() async throws {
        try await state.tables().offerCode(hash: "h", by: "me", of: bot)
        for user in Int64(1000)..<1200 {
            let result = try await state.tables().redeemCode(hash: "x", by: user, for: [], of: bot)
            #expect(result == .wrong(triesLeft: 4))
        }
        // From here on one is looked at each second, whoever it is.
        let results = try await [
            state.tables(at: 999).redeemCode(hash: "x", by: 2000, for: [], of: bot),
            state.tables(at: 1_000).redeemCode(hash: "x", by: 2001, for: [], of: bot),
            state.tables(at: 1_999).redeemCode(hash: "h", by: 1, for: [ann], of: bot),
            state.tables(at: 2_000).redeemCode(hash: "h", by: 1, for: [ann], of: bot),
        ]
        #expect(results == [.tooMany, .wrong(triesLeft: 4), .tooMany, .letIn])
    }

    @Test func `a new code ends the one before, its tries included, and is for its bot`() async throws {
        let tables = state.tables()
        try await tables.offerCode(hash: "old", by: "me", of: bot)
        _ = try await tables.redeemCode(hash: "x", by: 1, for: [ann], of: bot)
        try await tables.offerCode(hash: "new", by: "me", of: bot)
        let (old, other, new) = try await (
            tables.redeemCode(hash: "old", by: 1, for: [ann], of: bot),
            tables.redeemCode(hash: "new", by: 1, for: [ann], of: 8),
            tables.redeemCode(hash: "new", by: 1, for: [ann], of: bot)
        )
        #expect(old == .wrong(triesLeft: 4))
        #expect(other == .noCode)
        #expect(new == .letIn)
    }

    @Test func `when the guest cannot be let in the code stays`() async throws {
        try await state.tables().offerCode(hash: "h", by: "me", of: bot)
        try state.refuse("INSERT", on: "telegram_pairings", when: "NEW.id = 2")
        let guests = [ann, PairingRow(.user, id: 2, name: "bob")]
        await #expect(throws: (any Error).self) {
            try await state.tables().redeemCode(hash: "h", by: 1, for: guests, of: bot)
        }
        let nobody = try await state.tables().pairings(of: bot)
        #expect(nobody.isEmpty)
        let result = try await state.tables().redeemCode(hash: "h", by: 1, for: [ann], of: bot)
        #expect(result == .letIn)
    }

    @Test func `of those who use one code at the same time one is let in`() async throws {
        let other = try state.opened()
        for round in Int64(1)...10 {
            try await state.tables().offerCode(hash: "h", by: "me", of: bot)
            let results = try await withThrowingTaskGroup(of: Redemption.self) { group in
                for guest in Int64(0)...3 {
                    let tables = (guest.isMultiple(of: 2) ? state : other).tables()
                    let row = PairingRow(.user, id: round * 10 + guest, name: "guest")
                    group.addTask { try await tables.redeemCode(hash: "h", by: row.id, for: [row], of: bot) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.filter { $0 == .letIn }.count == 1)
            #expect(results.filter { $0 == .noCode }.count == 3)
        }
        let all = try await state.tables().pairings(of: bot)
        #expect(all.count == 10)
    }
}

extension TelegramTables {
    /// Lets somebody or a group in.
    func add(_ pairing: PairingRow, of bot: Int64) async throws {
        try await write { try Self.insert(pairing, of: bot, in: $0) }
    }
}
