import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubSubscriptionTests {
    private let journal = InMemoryJournal()

    @Test func `a subscriber without a cursor sees only what comes`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            let early = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = await early.collect(turns: 1)
            let late = try await hub.events(of: .test)
            _ = try await hub.type("two")
            #expect(await late.collect(turns: 1).compactMap(\.startedTurn?.text) == ["two"])
        }
    }

    @Test func `a subscriber with a cursor sees what came after it first`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            let early = try await hub.events(of: .test)
            _ = try await hub.type("one")
            let one = await early.collect(turns: 1)
            _ = try await hub.type("two")
            let two = await early.collect(turns: 1)
            let cursor = try #require(one.last?.cursor)
            let late = try await hub.events(of: .test, after: cursor)
            #expect(await late.collect(turns: 1) == two.filter(\.event.isDurable))
        }
    }

    @Test func `a late subscriber gets the start of the running turn and what was said so far`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [.message("so far") + [.wait(gate)] + .answer("and more")])
        try await withHub(shell) { hub in
            let early = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await gate.reached()
            let late = try await hub.events(of: .test)
            gate.open()
            let seen = await early.collect(turns: 1), caught = await late.collect(turns: 1)
            #expect(caught.first?.startedTurn == seen.lazy.compactMap(\.startedTurn).first)
            #expect(caught.compactMap(\.delta) == ["so far", "\n\nand", " more"])
            #expect(caught.count { $0.isStarted } == 1)
        }
    }

    @Test func `a subscriber with a cursor gets the start once and what was said so far`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [.message("so far") + [.wait(gate)] + .answer("and more")])
        try await withHub(shell) { hub in
            _ = try await hub.type("one")
            await gate.reached()
            let late = try await hub.events(of: .test, after: .start)
            gate.open()
            let caught = await late.collect(turns: 1)
            #expect(caught.count { $0.isStarted } == 1)
            #expect(caught.compactMap(\.delta).joined() == "so far\n\nand more")
        }
    }

    @Test func `all subscribers of a session see the same`() async throws {
        try await withHub(ScriptedShell { [.act("ls")] + .answer($0.text) }) { hub in
            let left = try await hub.events(of: .test), right = try await hub.events(of: .test)
            _ = try await hub.type("one")
            let records = await left.collect(turns: 1)
            #expect(await right.collect(turns: 1) == records)
        }
    }

    @Test func `a subscriber that leaves does not disturb the others`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            let stays = try await hub.events(of: .test)
            do {
                let leaves = try await hub.events(of: .test)
                _ = try await hub.type("one")
                _ = await leaves.collect { $0.isStarted }
            }
            _ = try await hub.type("two")
            #expect(await stays.collect(turns: 2).count { $0.isFinished } == 2)
        }
    }

    @Test func `a session that nobody used has no events`() async throws {
        let events = try await withHub(ScriptedShell(turns: [])) { try await $0.events(of: .test, after: .start) }
        #expect(await events.collectAll().isEmpty)
    }

    @Test func `whoever comes again with the last cursor sees every record once and in order`() async throws {
        let seed = Seed()
        for round in 0..<100 {
            var generator = seed.generator(round)
            let journal = InMemoryJournal(), count = Int.random(in: 1...6, using: &generator)
            let visits = (0..<4).map { _ in
                (0..<4).map { _ in Int.random(in: 1...12, using: &generator) }
            }
            let seen = try await withHub(
                ScriptedShell { [.act("ls")] + .answer($0.text) }, journal: journal
            ) { hub in
                try await withThrowingTaskGroup(of: [Record].self) { group in
                    for lengths in visits { group.addTask { try await visit(hub, lengths) } }
                    for number in 0..<count { _ = try await hub.type("\(number)") }
                    _ = try await hub.type("last")
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            for records in seen {
                let isSame = records == journal.records
                #expect(isSame, "seed \(seed), round \(round): \(records.map(\.cursor.rawValue))")
            }
        }
    }

    /// The durable records that somebody sees who comes as often as there are `lengths`, to read so many each time,
    /// and then stays to the end of the turn that answers `last`.
    private func visit(_ hub: Hub, _ lengths: [Int]) async throws -> [Record] {
        var seen: [Record] = []
        for length in lengths + [.max] {
            var left = length
            let records = try await hub.events(of: .test, after: seen.last?.cursor ?? .start).collect { record in
                left -= 1
                return left == 0 || record.outcome?.text == "last"
            }
            seen += records.filter(\.event.isDurable)
            if records.last?.outcome?.text == "last" { break }
        }
        return seen
    }
}
