import Locking
import LocalSockets
import TestSupport
import Testing

@testable import Control
@testable import Conversation

@Suite(.timeLimit(.minutes(5))) struct LinkedEventsTests {
    private let link = CoreLink()

    @Test func `a stream goes on over three hosts`() async throws {
        let journal = InMemoryJournal(), link = link
        let shell = ScriptedShell { .answer($0.text) }
        let (events, first) = try await withHub(shell, journal: journal) { hub in
            link.serve(by: hub)
            let events = try await link.events(of: .test)
            _ = try await link.submit(.test("one"), to: .test)
            let seen = await events.collect(turns: 1)
            // Answered, but not read before the core is gone.
            _ = try await link.submit(.test("two"), to: .test)
            _ = await (try await hub.events(of: .test, after: .start)).collect(turns: 2)
            return (events, seen)
        }
        link.lose()
        var seen = first
        for text in ["three", "four"] {
            seen += try await withHub(shell, journal: journal) { hub in
                link.serve(by: hub)
                _ = try await link.submit(.test(text), to: .test)
                return await events.collect { $0.outcome?.text == text }
            }
        }
        #expect(seen.filter(\.event.isDurable) == journal.records)
        #expect(seen.compactMap(\.outcome?.text) == ["one", "two", "three", "four"])
    }

    @Test func `what happens between two hosts is not missed by a stream that was not read yet`() async throws {
        let journal = InMemoryJournal(SubscriptionTests.history(30)), link = link
        let events = try await withHub(ScriptedShell(turns: []), journal: journal) { hub in
            link.serve(by: hub)
            return try await link.events(of: .test)
        }
        link.lose()
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let own = try await hub.events(of: .test)
            _ = try await hub.submit(.test("meanwhile"), to: .test)
            _ = await own.collect(turns: 1)
        }
        try await withHub(ScriptedShell(turns: []), journal: journal) { hub in
            link.serve(by: hub)
            let seen = await events.collect(turns: 1)
            #expect(seen.first?.cursor.rawValue == 31)
            #expect(seen.last?.outcome?.text == "meanwhile")
        }
    }

    @Test func `a stream that was not read yet begins anew with the next host`() async throws {
        let journal = InMemoryJournal(SubscriptionTests.history(30)), link = link,
            shell = ScriptedShell { .answer($0.text) }
        let events = try await withHub(shell, journal: journal) { hub in
            link.serve(by: hub)
            return try await link.events(of: .test)
        }
        try await withHub(shell, journal: journal) { hub in
            async let first = events.collect { _ in true }
            _ = try await eventually("that the reader waits") { link.waitingCount == 1 ? true : nil }
            link.serve(by: hub)
            _ = try await eventually("that it reads again") { await hub.subscribers.sessions.isEmpty ? nil : true }
            _ = try await link.submit(.test("new"), to: .test)
            let record = await first.first
            #expect(record?.cursor.rawValue == 31)
        }
    }

    @Test(arguments: [0, 1]) func `a reader that is far behind learns that the session was deleted, and what follows`(
        room: Int
    ) async throws {
        // With the deletion there is one too many, or just not.
        let count = RemoteStreams.limit - room, link = link
        try await ControlWorld.run { world in
            try await world.withClient { client in
                link.serve(by: client)
                let events = try await link.lastingEvents(of: .test)
                // Told beside the other, and read at once.
                let witness = try await client.events(of: .test)
                for number in 1...count {
                    _ = try await client.handle(.test(number % 2 == 1 ? "/mode plan" : "/mode single"), in: .test)
                    // In steps, so that the core does not find the client behind.
                    guard number.isMultiple(of: 64) || number == count else { continue }
                    _ = await witness.collect { $0.cursor.rawValue == Int64(number) }
                }
                let isDone = try await world.hub.maintain(.test, deletes: true) { journal, last in
                    try await journal.delete(.test)
                    return last
                }
                #expect(isDone)
                _ = await witness.collect { $0.event == .deleted }
                _ = try await client.handle(.test("new"), in: .test)
                var read: [Record] = []
                _ = await events.collect { record in
                    read.append(record)
                    return record.isFinished
                }
                #expect(read.count { $0.event == .deleted } == 1)
                let deletion = read.firstIndex { $0.event == .deleted }
                let accepted = read.firstIndex(where: \.isAccepted)
                #expect(deletion == count && accepted == count + 1)
                #expect(read.last?.outcome?.text == "new")
            }
        }
    }

    @Test func `a session that is deleted between two cores is told as deleted, and then what follows`() async throws {
        let journal = InMemoryJournal(), shell = ScriptedShell { .answer($0.text) }, link = link
        let events = try await withHub(shell, journal: journal) { hub in
            link.serve(by: hub)
            let events = try await link.lastingEvents(of: .test)
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
            return events
        }
        link.lose()
        try await journal.delete(.test)
        try await withHub(shell, journal: journal) { hub in
            _ = try await hub.type("two")
            link.serve(by: hub)
            let read = await events.collect(turns: 1)
            #expect(read.first?.event == .deleted && read.count { $0.event == .deleted } == 1)
            #expect(read.last?.outcome?.text == "two")
        }
    }

    @Test func `a reader that leaves while there is no core is let go`() async throws {
        let link = link
        let events = try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            link.serve(by: hub)
            return try await link.events(of: .test)
        }
        link.lose()
        await withTaskGroup(of: Int.self) { group in
            group.addTask { await events.collectAll().count }
            do {
                _ = try await eventually("that the reader waits") { link.waitingCount == 1 ? true : nil }
            } catch {
                Issue.record(error)
            }
            group.cancelAll()
            let count = await group.next()
            #expect(count == 0)
        }
        #expect(link.waitingCount == 0)
    }

    @Test func `a stream ends when the link is closed`() async throws {
        let link = link
        let events = try await withHub(ScriptedShell { .answer($0.text) }) { hub in
            link.serve(by: hub)
            let events = try await link.events(of: .test, after: .start)
            _ = try await link.submit(.test("one"), to: .test)
            let own = try await hub.events(of: .test, after: .start)
            _ = await own.collect(turns: 1)
            return events
        }
        link.close()
        // What was told before is still there.
        #expect(await events.collectAll().last?.outcome?.text == "one")
    }

    @Test func `over any deaths of hosts each message has one turn, and each record is seen once`() async throws {
        let seed = Seed()
        for round in 0..<40 {
            var generator = seed.generator(round)
            let deaths = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                Int.random(in: 0...400, using: &generator)
            }
            let count = Int.random(in: 1...6, using: &generator)
            let pauses = (0..<count).map { _ in Int.random(in: 0...200, using: &generator) }
            let journal = InMemoryJournal(), link = CoreLink()
            let seen = try await withThrowingTaskGroup(of: [Record].self) { group in
                group.addTask {
                    for yields in deaths { await Self.host(journal, link, dyingAfter: yields) }
                    await Self.host(journal, link, dyingAfter: nil)
                    return []
                }
                group.addTask {
                    var left = count
                    return try await link.events(of: .test, after: .start).collect { record in
                        if record.outcome?.runsAgain == false { left -= 1 }
                        return left == 0
                    }
                }
                for (number, yields) in pauses.enumerated() {
                    for _ in 0..<yields { await Task.yield() }
                    _ = try await link.handle(.test("\(number)"), in: .test)
                }
                // The hosts' task ends only when it is cancelled.
                guard let seen = try await group.next() else { return [Record]() }
                group.cancelAll()
                return seen
            }
            let isWhole = seen.filter(\.event.isDurable) == journal.records
            #expect(isWhole, "seed \(seed), round \(round): \(seen.map(\.cursor.rawValue))")
            let accepted = journal.records.compactMap { record -> String? in
                if case .accepted(_, let message) = record.event { message.text } else { nil }
            }
            #expect(accepted == (0..<count).map(String.init), "seed \(seed), round \(round)")
            let ends = journal.records.count { $0.outcome?.runsAgain == false }
            #expect(ends == count, "seed \(seed), round \(round)")
        }
    }

    /// Hosts a core in another process, as far as the link can tell, until it is cancelled or dies.
    private static func host(_ journal: InMemoryJournal, _ link: CoreLink, dyingAfter yields: Int?) async {
        let hub = Hub(
            journal: journal, directory: ScriptedDirectory(ScriptedShell { .answer($0.text) }),
            configuration: .test())
        let server = ControlWorld(hub).server
        let (near, far) = PipeEnd.pair()
        let client = ControlClient(over: near)
        await withTaskGroup(of: Void.self) { group in
            // How they end is what the test is about.
            group.addTask { try? await hub.run() }
            group.addTask { await server.serve(far, from: Peer(pid: 1, uid: server.configuration.userID)) }
            group.addTask { try? await client.run() }
            group.addTask {
                guard (try? await client.initialize()) != nil else { return }
                link.serve(by: client)
                await Signal().wait()
            }
            if let yields {
                for _ in 0..<yields { await Task.yield() }
            } else {
                await Signal().wait()
            }
            group.cancelAll()
            await group.waitForAll()
            link.lose()
        }
    }
}
