import TestSupport
import Testing

@testable import Conversation

/// What is put away and brought in while the core runs.
@Suite(.timeLimit(.minutes(1))) struct HubMaintenanceTests {
    private let journal = InMemoryJournal()

    @Test func `a session that is forgotten begins anew`() async throws {
        let shell = ScriptedShell { .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("/mode plan")
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
            let last = try await hub.position(of: .test)
            try await delete(.test, of: hub)
            #expect(try await hub.state(of: .test).mode == nil)
            #expect(journal.records.isEmpty)
            // Whoever read it is told, and hears nothing more.
            let rest = await events.collectAll()
            #expect(rest.map(\.event) == [.deleted] && rest.map(\.cursor) == [last.next])
            let anew = try await hub.events(of: .test)
            _ = try await hub.type("two")
            #expect(await anew.collect(turns: 1).last?.outcome?.text == "two")
            // No place is used twice.
            #expect((journal.records.first?.cursor.rawValue ?? 0) > 3)
        }
    }

    @Test func `whoever stays in a session that is forgotten sees the new one from its first event`() async throws {
        let other = SessionID(rawValue: "tty:other")
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let events = try await hub.lastingEvents(of: .test), others = try await hub.events(of: other)
            for round in 1...3 {
                _ = try await hub.type("\(round)")
                let told = await events.collect(turns: 1)
                #expect(told.filter { $0.event.isDurable }.first?.isAccepted == true)
                #expect(told.last?.outcome?.text == "\(round)")
                try await delete(.test, of: hub)
                let gone = await events.collect { _ in true }
                #expect(gone.map(\.event) == [.deleted])
            }
            // The readers of other sessions read on.
            _ = try await hub.type("four", in: other)
            #expect(await others.collect(turns: 1).last?.outcome?.text == "four")
        }
    }

    @Test func `a reader that is behind learns of the deletion when it comes again, and nothing of what followed`()
        async throws
    {
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let all = try await hub.events(of: .test)
            let slow = try await hub.events(of: .test, limit: 2)
            _ = try await hub.type("one")
            _ = await all.collect(turns: 1)
            try await delete(.test, of: hub)
            _ = try await hub.type("two")
            // It has room for no more than that.
            let read = await slow.collectAll()
            #expect(read.count == 2)
            let bookmark = read.reduce(into: Bookmark.start) { $0.take($1) }
            let page = try await hub.backlog(of: .test, after: bookmark.cursor, limit: 256)
            #expect(page.map(\.event) == [.deleted])
            let again = try await hub.events(of: .test, after: bookmark, limit: 2)
            let rest = await again.collectAll()
            #expect(rest == page)
            let behind = try #require(rest.last?.cursor)
            let anew = try await hub.events(of: .test, after: Bookmark(behind))
            let second = await anew.collect(turns: 1)
            #expect(second.compactMap(\.outcome?.text) == ["two"])
            #expect(!second.contains { $0.event == .deleted })
        }
    }

    @Test func `a reader of one core learns from the next one that its session was deleted, and when`() async throws {
        let shell = ScriptedShell { .answer($0.text) }
        let (bookmark, last) = try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            let read = await events.collect(turns: 1)
            let last = try await hub.position(of: .test)
            try await delete(.test, of: hub)
            let anew = try await hub.events(of: .test)
            _ = try await hub.type("two")
            _ = await anew.collect(turns: 1)
            return (read.reduce(into: Bookmark.start) { $0.take($1) }, last)
        }
        try await withHub(shell, journal: journal) { hub in
            let page = try await hub.backlog(of: .test, after: bookmark.cursor, limit: 256)
            let told = try await hub.events(of: .test, after: bookmark).collectAll()
            #expect(told.map(\.event) == [.deleted] && told.map(\.cursor) == [last.next])
            #expect(page == told)
            let behind = try await hub.events(of: .test, after: Bookmark(last.next)).collect(turns: 1)
            #expect(behind.compactMap(\.outcome?.text) == ["two"])
            // Whoever has read nothing, or of another session, has lost nothing.
            let fresh = try await hub.events(of: .test, after: .start).collect(turns: 1)
            #expect(!fresh.contains { $0.event == .deleted })
            let others = try await hub.backlog(of: SessionID(rawValue: "tty:b"), after: bookmark.cursor, limit: 256)
            #expect(others.isEmpty)
        }
    }

    @Test func `a reader that has taken no room for the deletion learns of it all the same`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let all = try await hub.events(of: .test)
            _ = try await hub.type("/mode plan")
            _ = await all.collect { $0.event.isDurable }
            let last = try await hub.position(of: .test)
            let full = try await hub.events(of: .test, after: nil, answers: false, limit: 1)
            _ = try await hub.type("/mode single")
            try await delete(.test, of: hub)
            let read = await full.collectAll()
            #expect(read.map(\.cursor) == [last.next])
            let again = try await hub.events(of: .test, after: Bookmark(last.next), limit: 1)
            #expect(await again.collectAll().map(\.event) == [.deleted])
        }
    }

    @Test func `whoever has read nothing is told of no deletion`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let all = try await hub.lastingEvents(of: .test)
            _ = try await hub.type("one")
            _ = await all.collect(turns: 1)
            try await delete(.test, of: hub)
            let fresh = try await hub.events(of: .test, after: .start), late = try await hub.events(of: .test)
            _ = try await hub.type("two")
            for events in [fresh, late] {
                let told = await events.collect(turns: 1)
                #expect(!told.contains { $0.event == .deleted } && told.last?.outcome?.text == "two")
            }
        }
    }

    @Test func `readers of a session that could not be forgotten read on`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            await #expect(throws: InMemoryJournal.Broken.self) {
                _ = try await hub.maintain(.test, deletes: true) { _, _ in throw InMemoryJournal.Broken() }
            }
            _ = try await hub.type("one")
            #expect(await events.collect(turns: 1).last?.outcome?.text == "one")
        }
    }

    private func delete(_ session: SessionID, of hub: Hub) async throws {
        let isDone = try await hub.maintain(session, deletes: true) { journal, last in
            try await journal.delete(session)
            return last
        }
        #expect(isDone)
    }

    @Test func `a session whose turn runs is left alone`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)] + .answer("1")]), journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await gate.reached()
            let isDone = try await hub.maintain(.test) { _, _ in throw InMemoryJournal.Broken() }
            #expect(!isDone)
            gate.open()
            _ = await events.collect(turns: 1)
        }
    }

    @Test func `what is brought in takes places of its own among what goes on`() async throws {
        let other = SessionID(rawValue: "tty:other")
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...20 { group.addTask { _ = try await hub.type("\(number)") } }
                group.addTask {
                    let isDone = try await hub.maintain(other) { journal, last in
                        try await journal.commit([
                            Record(
                                cursor: last.next, session: other, time: Timestamp(millisecondsSince1970: 1),
                                event: .changed(.mode(.plan)))
                        ])
                        return last.next
                    }
                    #expect(isDone)
                }
                try await group.waitForAll()
            }
            _ = await events.collect(turns: 20)
            #expect(try await hub.state(of: other).mode == .plan)
        }
        #expect(journal.records.map(\.cursor.rawValue) == Array(1...Int64(journal.records.count)))
    }

    @Test func `work that fails changes nothing`() async throws {
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            await #expect(throws: InMemoryJournal.Broken.self) {
                _ = try await hub.maintain(.test) { _, _ in throw InMemoryJournal.Broken() }
            }
            _ = try await hub.type("one")
            #expect(await events.collect(turns: 1).last?.outcome?.text == "one")
        }
    }
}
