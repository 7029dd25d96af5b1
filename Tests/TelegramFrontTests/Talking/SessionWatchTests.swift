import Conversation
import HTTP
import Locking
import Logging
import TestSupport
import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(1))) struct SessionWatchTests {
    private static let session = SessionID(rawValue: "tg:5:5")

    private let clock = CountingClock()
    private let telegram: FakeTelegram
    private let ann: FakeUser
    private let store = InMemoryOutboxStore()
    private let ledger: InMemoryLedger
    private let core = ScriptedCore { _, _ in throw HubError.closed }
    private let progressTimes = Locked<[Int64]>([])

    init() throws {
        telegram = try FakeTelegram { [clock] in Timestamp(millisecondsSince1970: clock.milliseconds) }
        ann = telegram.addUser("Ann")
        _ = telegram.privateChat(with: ann)
        ledger = InMemoryLedger(beside: store) { [clock] in clock.milliseconds }
    }

    private var address: ChatAddress { ChatAddress(chat: Int64(ann.id)) }

    private func message(_ text: String, place: Int64) -> Message {
        var message = Message(text: text, author: "ann", origin: .telegram, sender: "telegram")
        message.key = "\(place)"
        return message
    }

    /// Lets a turn begin, as the record of number `number` and the one behind it.
    private func begin(_ text: String, as number: Int64) -> Turn.ID {
        let id = Message.ID(rawValue: number), turn = Turn.ID(rawValue: number + 1)
        let said = message(text, place: 700 + number)
        core.tell(
            .accepted(id, said), .started(Turn(id: turn, SessionState.Waiting(id: id, message: said, attempt: 1))),
            in: Self.session)
        return turn
    }

    /// Watches from `cursor` on while `body` runs.
    private func watching(
        from cursor: ChatCursor? = nil, on other: (any Core)? = nil, among watches: Watches = Watches(),
        _ body: (AsyncStream<SessionWatch.Step>.Continuation) async throws -> Void
    ) async throws {
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let api = BotAPI(token, on: server, through: client)
        let start = ChatCursor(session: Self.session, address: address, resume: .start, told: .start)
        let outbox = Outbox(api, store: store, clock: clock, now: { [clock] in clock.milliseconds })
        try await outbox.load()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var wishes = watches.wishes.makeAsyncIterator()
                guard let wish = await wishes.next() else { return }
                let watch = SessionWatch(
                    wish: wish, core: other ?? core, outbox: outbox, ledger: ledger, api: api,
                    context: ViewContext(at: address, placeOf: { Int64($0) }, redact: { $0 }), clock: clock,
                    now: { [clock] in Timestamp(millisecondsSince1970: clock.milliseconds) },
                    logger: Logger(label: "test"))
                do { try await watch.run() } catch is CancellationError {}
            }
            let steps = try await watches.follow(cursor ?? start)
            try await body(steps)
            group.cancelAll()
        }
    }

    private func puts(_ count: Int) async throws -> [InMemoryLedger.Put] {
        try await eventually("\(count) puts") {
            let puts = await ledger.puts
            return puts.count >= count ? puts : nil
        }
    }

    @Test func `progress is put at most every two seconds, and only while a turn runs`() async throws {
        try await watching { _ in
            // Nothing is looked at before there is a turn.
            #expect(clock.sleeps.isEmpty)
            let turn = begin("slow", as: 1)
            _ = try await puts(1)
            let progress = try await clock.moving(by: .milliseconds(200)) { try await puts(5) }
            for put in progress { #expect(put.slots.map(\.priority) == [.progress]) }
            let times = progress.map(\.at)
            // The first beat comes with the beginning.
            for (earlier, later) in zip(times, times.dropFirst()) { #expect(later - earlier >= 1_800, "\(times)") }
            #expect(Set(clock.sleeps) == [SessionWatch.beat, SessionWatch.typing])
            core.tell(.finished(turn, Outcome(status: .ok, text: "done", durationMs: 8_000)), in: Self.session)
            let end = try await eventually("the end is kept") { () -> [Slot]? in
                guard let put = await ledger.puts.last, put.cursor.told == Cursor(rawValue: 3) else { return nil }
                return put.slots
            }
            #expect(end.allSatisfy { $0.priority == .final })
            // Whoever still sleeps wakes, and nobody sleeps any more.
            _ = try await eventually("the end of the beats") {
                let count = clock.sleeps.count
                clock.advance(by: .seconds(5))
                // Not a wait for anything: whoever was woken has his turn.
                try await Task.sleep(for: .milliseconds(20))
                return clock.sleeps.count == count ? true : nil
            }
        }
    }

    @Test func `it says that it writes every four seconds, and only while a turn runs`() async throws {
        try await watching { _ in
            let first = begin("one", as: 1)
            try await clock.moving(by: .milliseconds(500)) {
                _ = try await eventually("four signs") { telegram.actions.count >= 4 ? true : nil }
            }
            let times = telegram.actions.map(\.time)
            for (earlier, later) in zip(times, times.dropFirst()) { #expect(later - earlier >= 3.999) }
            #expect(telegram.actions.allSatisfy { $0.chat == ann.id && $0.action == "typing" })
            core.tell(.finished(first, Outcome(status: .ok, text: "1", durationMs: 1_000)), in: Self.session)
            _ = try await eventually("the end is kept") {
                await ledger.puts.last?.cursor.told == Cursor(rawValue: 3) ? true : nil
            }
            let end = Double(clock.milliseconds) / 1_000
            // One may have been on its way.
            clock.advance(by: .seconds(60))
            let later = Double(clock.milliseconds) / 1_000
            _ = begin("two", as: 4)
            _ = try await eventually("a sign in the second turn") {
                telegram.actions.contains { $0.time >= later } ? true : nil
            }
            #expect(!telegram.actions.contains { $0.time > end + 1 && $0.time < later })
        }
    }

    @Test func `a flood keeps the signs away for as long as Telegram says`() async throws {
        telegram.inject(.tooManyRequests(retryAfter: 30), into: "sendChatAction", times: 1)
        try await watching { _ in
            _ = begin("one", as: 1)
            _ = try await eventually("a long sleep") { clock.sleeps.contains(.seconds(30)) ? true : nil }
        }
    }

    @Test func `what is told is kept with its messages, and another one goes on from there`() async throws {
        let turn = Turn.ID(rawValue: 2)
        try await watching { _ in
            _ = begin("one", as: 1)
            let first = try await puts(1)
            // Behind the last place at which nothing ran, all can be made anew.
            #expect(first.last?.cursor.told == Cursor(rawValue: 2) && first.last?.cursor.resume == .start)
        }
        let kept = try #require(await ledger.cursors(of: 1).first)
        let slots = await store.slots
        let said = message("one", place: 701)
        let waiting = SessionState.Waiting(id: Message.ID(rawValue: 1), message: said, attempt: 1)
        core.begin(Self.session, with: .accepted(waiting.id, said), .started(Turn(id: turn, waiting)))
        try await watching(from: kept) { _ in
            core.tell(.finished(turn, Outcome(status: .ok, text: "done", durationMs: 8_000)), in: Self.session)
            _ = try await eventually("the end is kept") {
                await ledger.puts.last?.cursor.told == Cursor(rawValue: 3) ? true : nil
            }
            let end = try #require(await ledger.puts.last)
            #expect(end.cursor.resume == Cursor(rawValue: 3))
            // The answer stands in the message that showed the progress.
            #expect(end.slots.map(\.key).contains(slots[0].key))
            #expect(end.slots.contains { $0.wanted.text == "done" })
            // What was told before is not put again.
            #expect(await store.slots.count { $0.key == slots[0].key } == 1)
        }
    }

    @Test func `what happens after a group has got another number is shown there, and kept as shown there`()
        async throws
    {
        let watches = Watches(), team = ChatAddress(chat: -1_005)
        try await watching(among: watches) { _ in
            let turn = begin("one", as: 1)
            let first = try await puts(1)
            #expect(first.flatMap(\.slots).allSatisfy { $0.address == address })
            watches.rename(address.chat, to: team.chat)
            core.tell(.finished(turn, Outcome(status: .ok, text: "done", durationMs: 8_000)), in: Self.session)
            let end = try await eventually("the end is kept") {
                await ledger.puts.last { $0.cursor.told == Cursor(rawValue: 3) }
            }
            #expect(end.cursor.address == team)
            #expect(!end.slots.isEmpty && end.slots.allSatisfy { $0.address == team })
        }
    }

    @Test func `what is said in the moment of a deletion is shown, and the next one to run goes on behind it`()
        async throws
    {
        let journal = InMemoryJournal(), slow = Gate()
        let shell = ScriptedShell {
            $0.text == "three" ? [.wait(slow)] + .answer("re: three") : .answer("re: \($0.text)")
        }
        try await withHub(shell, journal: journal) { hub in
            try await watching(on: hub) { steps in
                for round in ["one", "two"] {
                    _ = try await hub.handle(message(round, place: 700), in: Self.session)
                    _ = try await eventually("the answer to \(round)") {
                        await store.slots.contains { $0.wanted.text == "re: \(round)" } ? true : nil
                    }
                    let isDone = try await hub.maintain(Self.session, deletes: true) { [ledger] journal, last in
                        try await journal.delete(Self.session)
                        await ledger.forget(Self.session)
                        return last
                    }
                    #expect(isDone)
                    // Nothing is waited for: the next message is on its way.
                }
                _ = try await hub.handle(message("three", place: 701), in: Self.session)
                let kept = try await eventually("that it is kept where the session begins anew") {
                    await ledger.cursors(of: 1).first { $0.resume == .init(rawValue: journal.deletionPlace) }
                }
                #expect(kept.address == address && kept.session == Self.session)
                slow.open()
                _ = try await eventually("the answer behind the deletion") {
                    await store.slots.contains { $0.wanted.text == "re: three" } ? true : nil
                }
                let told = await store.slots.filter { $0.wanted.text.contains("this session was deleted") }
                #expect(told.count == 2)
                // The way to tell it something is still open.
                if case .terminated = steps.yield(.beat) { Issue.record("the watch has ended") }
            }
        }
    }

    @Test func `it ends with the stream of the core, and with what cannot be kept`() async throws {
        await ledger.fail(times: 1)
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let api = BotAPI(token, on: server, through: client)
        let watches = Watches()
        async let following = watches.follow(
            ChatCursor(session: Self.session, address: address, resume: .start, told: .start))
        var wishes = watches.wishes.makeAsyncIterator()
        let wish = try await next(&wishes)
        let watch = SessionWatch(
            wish: wish, core: core, outbox: Outbox(api, store: store, clock: clock, now: { 0 }), ledger: ledger,
            api: api, context: ViewContext(at: address, placeOf: { Int64($0) }, redact: { $0 }), clock: clock,
            now: { Timestamp(millisecondsSince1970: 0) }, logger: Logger(label: "test"))
        async let end: Void = watch.run()
        _ = try await following
        _ = begin("one", as: 1)
        do {
            try await end
            Issue.record("it went on")
        } catch is Trouble {}
    }
}
