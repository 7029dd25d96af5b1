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
            let late = try await hub.events(of: .test, after: Bookmark(cursor))
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

    @Test func `whoever comes back in mid-turn hears the rest of its text, in whole characters`() async throws {
        let gates = [Gate(), Gate()]
        let shell = ScriptedShell(turns: [
            [
                .event(.began), .event(.delta("né")), .wait(gates[0]), .event(.delta("e 👩‍👩‍👧")), .wait(gates[1]),
                .event(.delta(" end")), .event(.message("née 👩‍👩‍👧 end")), .completed,
            ]
        ])
        try await withHub(shell) { hub in
            var bookmark = Bookmark.start
            let first = try await hub.events(of: .test, after: bookmark)
            _ = try await hub.type("go")
            for record in await first.collect(until: { $0.delta != nil }) {
                bookmark.take(record)
            }
            let watcher = try await hub.events(of: .test)
            gates[0].open()
            _ = await watcher.collect { $0.delta?.contains("e 👩‍👩‍👧") == true }
            let second = try await hub.events(of: .test, after: bookmark)
            gates[1].open()
            let rest = await second.collect(turns: 1)
            #expect(rest.compactMap(\.delta).joined() == "e 👩‍👩‍👧 end")
            #expect(rest.allSatisfy { !$0.isStarted })
        }
    }

    @Test func `a reader that falls behind its limit is ended, and misses nothing when it comes back`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            let slow = try await hub.events(of: .test, after: .start, limit: 3)
            let other = try await hub.events(of: .test)
            for text in ["one", "two", "three"] {
                _ = try await hub.type(text)
                _ = await other.collect(turns: 1)
            }
            var bookmark = Bookmark.start
            var seen: [Record] = []
            for await record in slow {
                seen.append(record)
                bookmark.take(record)
            }
            #expect(seen.count == 3)
            seen += try await hub.events(of: .test, after: bookmark).collect(turns: 3)
            let all = try await hub.events(of: .test, after: .start).collect(turns: 3)
            #expect(seen.filter(\.event.isDurable) == all.filter(\.event.isDurable))
        }
    }

    @Test func `a history is read in pages beside the loop`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            let events = try await hub.events(of: .test)
            for text in ["one", "two", "three"] {
                _ = try await hub.type(text)
                _ = await events.collect(turns: 1)
            }
            let all = try await hub.events(of: .test, after: .start).collect(turns: 3).filter(\.event.isDurable)
            var read: [Record] = []
            while true {
                let page = try await hub.backlog(of: .test, after: read.last?.cursor ?? .start, limit: 2)
                if page.isEmpty { break }
                #expect(page.count <= 2)
                read += page
            }
            #expect(read == all)
        }
    }

    @Test func `a message handed in twice is accepted once`() async throws {
        let journal = InMemoryJournal()
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            var message = Message.test("one")
            message.key = "k1"
            let first = try await hub.submit(message, to: .test)
            let copy = message
            async let second = hub.submit(copy, to: .test)
            async let third = hub.submit(copy, to: .test)
            let again = try await [second, third]
            #expect(again.map(\.message) == [first.message, first.message])
            message.key = "k2"
            _ = try await hub.submit(message, to: .test)
            #expect(await events.collect(turns: 2).count(where: \.isStarted) == 2)
        }
        #expect(journal.records.count(where: \.isAccepted) == 2)
        // Also by the next core.
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            var message = Message.test("one")
            message.key = "k2"
            _ = try await hub.submit(message, to: .test)
        }
        #expect(journal.records.count(where: \.isAccepted) == 2)
    }

    /// The durable records that somebody sees who comes as often as there are `lengths`, to read so many each time,
    /// and then stays to the end of the turn that answers `last`.
    private func visit(_ hub: Hub, _ lengths: [Int]) async throws -> [Record] {
        var seen: [Record] = [], bookmark = Bookmark.start
        for length in lengths + [.max] {
            var left = length
            let records = try await hub.events(of: .test, after: bookmark).collect { record in
                left -= 1
                return left == 0 || record.outcome?.text == "last"
            }
            for record in records { bookmark.take(record) }
            seen += records.filter(\.event.isDurable)
            if records.last?.outcome?.text == "last" { break }
        }
        return seen
    }
}
