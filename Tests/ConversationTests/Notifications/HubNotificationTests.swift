import Conversation
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct HubNotificationTests {
    private let ledger = InMemoryNotifications()
    private let clock = ManualClock()
    private static let other = SessionID(rawValue: "tty:other"), chat = SessionID(rawValue: "tg:5:5")

    private func withCore<Value: Sendable>(_ body: (Hub) async throws -> Value) async throws -> Value {
        var configuration = HubConfiguration.test(clock: clock)
        configuration.notifications = ledger
        return try await withHub(ScriptedShell(turns: []), configuration: configuration, body)
    }

    private func announcement(
        _ text: String, _ priority: Announcement.Priority = .info, session: SessionID? = nil
    ) -> Announcement {
        Announcement(priority, key: text, text, of: "test", session: session)
    }

    /// The next notices of `events`.
    private func next(_ count: Int, of events: AsyncStream<Record>) async -> [Notice] {
        var notices: [Notice] = []
        for await record in events {
            if case .notice(let notice) = record.event { notices.append(notice) }
            if notices.count == count { break }
        }
        return notices
    }

    private func allTold() async throws {
        _ = try await eventually("all are told") { await ledger.standing().waiting.isEmpty ? true : nil }
    }

    @Test func `terminals are told at once, with how much it matters`() async throws {
        try await withCore { hub in
            let events = try await hub.events(of: .test, answers: true)
            try await hub.notify(announcement("red", .important))
            let notices = await next(1, of: events)
            #expect(notices.map(\.text) == ["red"] && notices[0].level == .error)
            #expect(notices[0].announced == Notice.Announced(.important, of: "test"))
            try await allTold()
        }
    }

    @Test func `without anybody it waits for the first terminal, over a restart, and is told once`() async throws {
        try await withCore { try await $0.notify(announcement("one")) }
        try await withCore { hub in
            try await hub.notify(announcement("two"))
            let events = try await hub.events(of: .test, answers: true)
            #expect(await next(2, of: events).map(\.text) == ["one", "two"])
            try await allTold()
            let later = try await hub.events(of: Self.other, answers: true)
            try await hub.notify(announcement("three"))
            #expect(await next(1, of: later).map(\.text) == ["three"])
        }
    }

    @Test func `how many were dropped while nobody was there is told, once`() async throws {
        await ledger.drop(2)
        try await withCore { hub in
            try await hub.notify(announcement("one"))
            let events = try await hub.events(of: .test, answers: true)
            let told = "2 older notifications of low priority were dropped while nobody was there"
            #expect(await next(2, of: events).map(\.text) == ["one", told])
            _ = try await eventually("it is noted") { await ledger.standing().dropped == 0 ? true : nil }
        }
    }

    @Test func `scripts see what happens, and what they see still waits for a person`() async throws {
        try await withCore { hub in
            let script = try await hub.events(of: .test)
            try await hub.notify(announcement("one"))
            #expect(await next(1, of: script).map(\.text) == ["one"])
            let terminal = try await hub.events(of: Self.other, answers: true)
            #expect(await next(1, of: terminal).map(\.text) == ["one"])
        }
    }

    @Test func `what is followed for a chat is no terminal`() async throws {
        try await withCore { hub in
            _ = try await hub.events(of: Self.chat, answers: true)
            try await hub.notify(announcement("one"))
            let waiting = await ledger.standing().waiting
            #expect(waiting.count == 1)
        }
    }

    @Test func `a chat in a session of the terminal is no terminal`() async throws {
        try await withCore { hub in
            let chat = try await hub.chatEvents(of: .test, after: Bookmark.start)
            try await hub.notify(announcement("one"))
            let waiting = await ledger.standing().waiting
            #expect(waiting.count == 1)
            let terminal = try await hub.events(of: .test, answers: true)
            #expect(await next(1, of: terminal).map(\.text) == ["one"])
            try await allTold()
            withExtendedLifetime(chat) {}
        }
    }

    @Test func `the same key is told once and counted`() async throws {
        try await withCore { hub in
            let events = try await hub.events(of: .test, answers: true)
            for _ in 0..<3 { try await hub.notify(announcement("again")) }
            try await hub.notify(announcement("end"))
            #expect(await next(2, of: events).map(\.text) == ["again", "end"])
            let counts = await ledger.all.map(\.count)
            #expect(counts == [3, 1])
        }
    }

    @Test func `whoever follows is woken, and all waits for them, also what terminals saw`() async throws {
        try await withCore { hub in
            let changes = await hub.notificationChanges()
            let events = try await hub.events(of: .test, answers: true)
            var change = changes.makeAsyncIterator()
            await change.next()
            try await hub.notify(announcement("one"))
            await change.next()
            #expect(await next(1, of: events).map(\.text) == ["one"])
            let waiting = await ledger.standing().waiting
            #expect(waiting.count == 1)
        }
    }

    @Test func `when nobody follows any more, terminals count again`() async throws {
        try await withCore { hub in
            do { _ = await hub.notificationChanges() }
            let events = try await hub.events(of: .test, answers: true)
            try await hub.notify(announcement("one"))
            #expect(await next(1, of: events).map(\.text) == ["one"])
            try await allTold()
        }
    }

    /// What a terminal hears that comes while somebody follows, who goes before they have taken anything.
    private func terminal(comingBesideAReaderOf hub: Hub) async throws -> AsyncStream<Record> {
        let changes = await hub.notificationChanges()
        var change = changes.makeAsyncIterator()
        await change.next()
        try await hub.notify(announcement("one"))
        await change.next()
        let events = try await hub.events(of: .test, answers: true)
        // The core has looked what there is for the terminal, and left it to the reader.
        await change.next()
        return events
    }

    @Test func `what nobody has taken who followed is told to a terminal that came meanwhile`() async throws {
        try await withCore { hub in
            let events = try await terminal(comingBesideAReaderOf: hub)
            #expect(await next(1, of: events).map(\.text) == ["one"])
            try await allTold()
        }
    }

    @Test func `the session that tells it as well is left out`() async throws {
        try await withCore { hub in
            let own = try await hub.events(of: .test, answers: true)
            let other = try await hub.events(of: Self.other, answers: true)
            var known = announcement("known", session: .test)
            known.isToldInSession = true
            try await hub.notify(known)
            try await hub.notify(announcement("end"))
            #expect(await next(1, of: own).map(\.text) == ["end"])
            #expect(await next(2, of: other).map(\.text) == ["known", "end"])
        }
    }

    @Test func `what is for who looks into cm is told only where that is wanted`() async throws {
        try await withCore { hub in
            let events = try await hub.events(of: .test, answers: true)
            try await hub.notify(announcement("hidden", .debug))
            await hub.configure { $0.tellsDebug = true }
            try await hub.notify(announcement("seen", .debug))
            #expect(await next(1, of: events).map(\.text) == ["seen"])
        }
    }

    @Test func `what cannot be kept is not told, and is said to have failed`() async throws {
        await ledger.breakDown()
        try await withCore { hub in
            let error = await #expect(throws: HubError.self) { try await hub.notify(announcement("lost")) }
            #expect(error?.code == .notStored)
        }
    }

    // MARK: Quiet

    @Test func `quiet holds back all but the urgent, until it ends`() async throws {
        try await withCore { hub in
            let events = try await hub.events(of: .test, answers: true)
            let reply = try await hub.command("/quiet 30m")
            #expect(reply?.ok == true && reply?.text.hasPrefix("quiet until 00:30 (30 m 0 s)") == true)
            try await hub.notify(announcement("calm"))
            try await hub.notify(announcement("fire", .critical))
            #expect(await next(1, of: events).map(\.text) == ["fire"])
            // The wall clock is looked at every five minutes.
            for look in 1...6 {
                await clock.sleeping(until: .seconds(300 * look))
                clock.advance(by: .seconds(300))
            }
            #expect(await next(1, of: events).map(\.text) == ["calm"])
            try await allTold()
        }
    }

    @Test func `quiet ends at once when somebody says so, and outlives the core`() async throws {
        _ = try await withCore { try await $0.command("/quiet 2h") }
        try await withCore { hub in
            let events = try await hub.events(of: .test, answers: true)
            try await hub.notify(announcement("calm"))
            let standing = try await hub.command("/quiet")
            #expect(standing?.text.hasPrefix("quiet until 02:00") == true)
            let off = try await hub.command("/quiet off")
            #expect(off?.text == "not quiet: all notifications are told")
            #expect(await next(1, of: events).map(\.text) == ["calm"])
        }
    }

    @Test func `what terminals were not told in quiet they are told afterwards, while somebody follows as well`()
        async throws
    {
        try await withCore { hub in
            let changes = await hub.notificationChanges()
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.command("/quiet 2h")
            try await hub.notify(announcement("calm"))
            _ = try await hub.command("/quiet off")
            #expect(await next(1, of: events).map(\.text) == ["calm"])
            let waiting = await ledger.standing().waiting
            #expect(waiting.count == 1)
            withExtendedLifetime(changes) {}
        }
    }

    @Test(arguments: [
        "soon", "30", "-5m", "5x", "0m", "31d", "off now", "until", "until 7", "until 24:00", "until 07:60",
    ])
    func `what is no duration is answered with the usage`(words: String) async throws {
        try await withCore { hub in
            let reply = try #require(try await hub.command("/quiet \(words)"))
            #expect(!reply.ok && reply.text.hasSuffix("usage: /quiet [<duration>|until <hh:mm>|off]"), "\(reply.text)")
            #expect(!reply.text.contains("\n"))
        }
    }

    @Test(arguments: [
        ("90s", "quiet until 00:01"), ("1h30m", "quiet until 01:30"), ("1h 30m", "quiet until 01:30"),
        ("1d", "quiet until 1970-01-02 00:00"), ("until 07:00", "quiet until 07:00"),
        ("until 00:00", "quiet until 1970-01-02 00:00"),
    ])
    func `durations are read as people write them`(words: String, told: String) async throws {
        try await withCore { hub in
            let reply = try #require(try await hub.command("/quiet \(words)"))
            #expect(reply.text.hasPrefix(told), "\(reply.text)")
        }
    }
}
