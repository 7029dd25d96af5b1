import Conversation
import HTTP
import Locking
import Logging
import TestSupport
import Testing

@testable import TelegramFront

/// The bot beside a core that breaks, in the time of the test.
@Suite(.timeLimit(.minutes(1))) struct TelegramBotTests {
    private let clock = CountingClock()
    private let telegram: FakeTelegram
    private let ann: FakeUser
    private let bob: FakeUser
    private let inbox = InMemoryInbox()
    private let store = InMemoryOutboxStore()
    private let ledger: InMemoryLedger
    private let memory: InMemoryMemory
    private let guests: FixedGuests
    private let log = RecordingLog()
    /// Why the bot has ended.
    private let failure = Locked<(any Error)?>(nil)

    init() throws {
        telegram = try FakeTelegram()
        ann = telegram.addUser("Ann")
        bob = telegram.addUser("Bob")
        for user in [ann, bob] { _ = telegram.privateChat(with: user) }
        ledger = InMemoryLedger(beside: store) { [clock] in clock.milliseconds }
        memory = InMemoryMemory { 0 }
        guests = FixedGuests(who: Access(chat: Int64(ann.id), users: [Int64(bob.id)]))
    }

    private func chat(_ user: FakeUser) -> FakeChat { telegram.privateChat(with: user) }

    /// Runs a bot while `body` runs, and cuts it off then, as a crash does.
    private func running(_ core: ScriptedCore, while body: () async throws -> Void) async throws {
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let bot = TelegramBot(
            BotAPI(token, on: server, through: client),
            keeping: .init(
                inbox: inbox, outbox: store, ledger: ledger,
                guests: guests, memory: memory, shelf: InMemoryShelf(), departure: NoDeparture()),
            clock: clock, now: { [clock] in Timestamp(millisecondsSince1970: clock.milliseconds) },
            logger: log.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await bot.run(core)
                } catch let error where !(error is CancellationError) {
                    failure.withLock { $0 = error }
                } catch {}
            }
            try await clock.moving(by: .milliseconds(100), while: body)
            group.cancelAll()
        }
    }

    @Test func `a bot that cannot go on with an update ends, instead of hearing nothing any more`() async throws {
        let core = ScriptedCore { message, _ in self.reply("answer to \(message.text)") }
        try await running(core) {
            telegram.say("hello", from: ann)
            try await chat(ann).waitForBot(saying: "answer to hello")
            try await chat(ann).waitForBot(saying: "Ready")
            #expect(failure.withLock { $0 == nil })
            // All tries, and to say that.
            guests.failures.withLock { $0 = 4 }
            telegram.say("again", from: ann)
            _ = try await eventually("the bot has failed") { failure.withLock { $0 == nil } ? nil : true }
        }
        let open = await inbox.open(of: 0)
        #expect(open.count == 1)
    }

    private func said(_ core: ScriptedCore) -> [String] {
        core.calls.compactMap { if case .handle(let text, _) = $0 { text } else { nil } }
    }

    private func reply(_ text: String) -> Handled { .replied(CommandReply(name: "status", ok: true, text: text)) }

    @Test func `what goes wrong once is tried again, and nobody hears of it`() async throws {
        let count = Counter()
        let core = ScriptedCore { message, _ in
            count.add()
            if count.count == 1 { throw Trouble() }
            return self.reply("answer to \(message.text)")
        }
        try await running(core) {
            telegram.say("hello", from: ann)
            try await chat(ann).waitForBot(saying: "answer to hello")
        }
        #expect(said(core) == ["hello", "hello"])
        #expect(chat(ann).transcript.byBot(saying: "⚠").isEmpty)
        #expect(await inbox.open(of: 0).isEmpty)
    }

    @Test func `what always goes wrong is told of once, and others go on meanwhile`() async throws {
        let core = ScriptedCore { message, _ in
            if message.text.hasPrefix("poison") { throw Trouble() }
            return self.reply("answer to \(message.text)")
        }
        try await running(core) {
            telegram.say("poison", from: ann)
            telegram.say("hello", from: bob)
            telegram.say("and I", from: ann)
            try await chat(bob).waitForBot(saying: "answer to hello")
            try await chat(ann).waitForBot(saying: "answer to and I")
        }
        #expect(said(core).count { $0 == "poison" } == 3)
        let seen = chat(ann).transcript.byBot.map(\.text).filter { !$0.hasPrefix("Ready") }
        #expect(seen == ["⚠ This could not be done; the log of cm says why.", "answer to and I"])
        // The next one to run does not begin with it again.
        #expect(await inbox.open(of: 0).isEmpty)
        let after = ScriptedCore { _, _ in self.reply("never") }
        try await running(after) { try await telegram.waitForPoll() }
        #expect(said(after).isEmpty)
        #expect(chat(ann).transcript.byBot(saying: "⚠").count == 1)
    }

    @Test func `a core that takes nothing now says so at once, and the bot goes on`() async throws {
        let core = ScriptedCore { message, _ in
            if message.text == "full" { throw HubError(code: .notStored, description: "the disk is full") }
            return self.reply("answer to \(message.text)")
        }
        try await running(core) {
            telegram.say("full", from: ann)
            try await chat(ann).waitForBot(saying: "the disk is full; send it again")
            telegram.say("hello", from: ann)
            try await chat(ann).waitForBot(saying: "answer to hello")
        }
        #expect(said(core) == ["full", "hello"])
    }

    @Test func `a command that was begun when the program died acts once at most, and whoever gave it is told`()
        async throws
    {
        let gate = Gate()
        let core = ScriptedCore { _, _ in
            try await gate.pass()
            return self.reply("never")
        }
        try await running(core) {
            telegram.say("/approve", from: ann)
            await gate.reached()
        }
        #expect(said(core) == ["/approve"])
        for number in 1...2 {
            let after = ScriptedCore { message, _ in self.reply("answer to \(message.text)") }
            try await running(after) {
                telegram.say("hello \(number)", from: ann)
                try await chat(ann).waitForBot(saying: "answer to hello \(number)")
            }
            #expect(said(after) == ["hello \(number)"])
        }
        let told = chat(ann).transcript.byBot(saying: "⚠").map(\.text)
        #expect(told.count == 1 && told.first?.contains("cm stopped while it did this; it was not repeated.") == true)
    }

    @Test func `a command that only looks is given again after the program died, and answered once`() async throws {
        let gate = Gate()
        let core = ScriptedCore { _, _ in
            try await gate.pass()
            return self.reply("never")
        }
        try await running(core) {
            telegram.say("/status", from: ann)
            await gate.reached()
        }
        for _ in 1...2 {
            let after = ScriptedCore { message, _ in self.reply("answer to \(message.text)") }
            try await running(after) {
                telegram.say("hello", from: ann)
                try await chat(ann).waitForBot(saying: "answer to hello")
            }
        }
        #expect(chat(ann).transcript.byBot(saying: "answer to /status").count == 1)
        #expect(chat(ann).transcript.byBot(saying: "⚠").isEmpty)
    }

    @Test func `a command that goes wrong is not begun again, since it may have acted`() async throws {
        let core = ScriptedCore { _, _ in throw Trouble() }
        try await running(core) {
            telegram.say("/new", from: ann)
            try await chat(ann).waitForBot(saying: "⚠")
        }
        #expect(said(core) == ["/new"])
    }

    @Test func `a message that was with the core when the program died is handed in again, under the same key`()
        async throws
    {
        let gate = Gate(), keys = Locked<[String?]>([])
        let core = ScriptedCore { message, _ in
            keys.withLock { $0.append(message.key) }
            try await gate.pass()
            return self.reply("never")
        }
        try await running(core) {
            telegram.say("hello", from: ann)
            await gate.reached()
        }
        let after = ScriptedCore { message, _ in
            keys.withLock { $0.append(message.key) }
            return self.reply("answer")
        }
        try await running(after) { try await chat(ann).waitForBot(saying: "answer") }
        let told = keys.withLock(\.self)
        #expect(told.count == 2 && told[0] != nil && told[0] == told[1])
    }

    @Test func `updates that were left open are dealt with before new ones, and an open question can be answered`()
        async throws
    {
        let session = SessionID(in: ChatAddress(chat: Int64(ann.id)), of: Int64(ann.id))
        let gate = Gate()
        let core = ScriptedCore { _, _ in
            try await gate.pass()
            return self.reply("never")
        }
        try await running(core) {
            for number in 1...5 { telegram.say("old \(number)", from: ann) }
            await gate.reached()
            try await telegram.wait(for: "all are kept") { $0.pendingUpdates.isEmpty }
        }
        let open = await inbox.open(of: 0)
        #expect(open.count == 5)
        telegram.say("new", from: ann)
        let after = ScriptedCore { message, _ in self.reply("answer to \(message.text)") }
        // What an agent had asked before the program died.
        let turn = Turn.ID(rawValue: 2)
        let asked = Approval.test(ApprovalRequest(id: "1", kind: .command, title: "touch file"), in: turn)
        after.tell(.approval(turn, asked), in: session)
        try await running(after) {
            try await chat(ann).waitForBot(saying: "answer to new")
            telegram.press(forged: "a7:y", on: 1, in: chat(ann), by: ann)
            try await telegram.waitForCall("answerCallbackQuery")
        }
        #expect(said(after) == (1...5).map { "old \($0)" } + ["new"])
        #expect(after.calls.contains(.answer(asked.id, .allow, session)))
        #expect(telegram.answersToCallbacks.map(\.text) == ["Done"])
    }

    @Test func `of a command that failed nobody says that it was not done`() async throws {
        let core = ScriptedCore { message, _ in
            if message.text.hasPrefix("/new") { throw Trouble() }
            return self.reply("answer to \(message.text)")
        }
        try await running(core) {
            telegram.say("/new", from: ann)
            try await chat(ann).waitForBot(saying: "⚠ This may have been done or not; the log of cm says why.")
        }
        #expect(said(core) == ["/new"])
    }

    @Test func `a press that cannot be dealt with is answered all the same`() async throws {
        let core = ScriptedCore { message, _ in self.reply("answer to \(message.text)") }
        try await running(core) {
            telegram.say("hello", from: ann)
            try await chat(ann).waitForBot(saying: "answer to hello")
            // Whoever greets asks who may come in as well, and then no more.
            try await chat(ann).waitForBot(saying: "Ready")
            guests.failures.withLock { $0 = 3 }
            telegram.press(forged: "a7:y", on: 1, in: chat(ann), by: ann)
            try await telegram.waitForCall("answerCallbackQuery")
        }
        #expect(telegram.answersToCallbacks.map(\.text) == ["This could not be done; the log of cm says why."])
    }

    @Test func `a session whose messages cannot be kept is shown later, and others at once`() async throws {
        let core = ScriptedCore { message, _ in .accepted(Receipt(message: Message.ID(rawValue: 1), ahead: 0)) }
        let bobs = SessionID(in: ChatAddress(chat: Int64(bob.id)), of: Int64(bob.id))
        let anns = SessionID(in: ChatAddress(chat: Int64(ann.id)), of: Int64(ann.id))
        try await running(core) {
            telegram.say("hello", from: ann)
            telegram.say("hello", from: bob)
            _ = try await eventually("both are shown") {
                core.readers(of: anns) == 1 && core.readers(of: bobs) == 1 ? true : nil
            }
            await ledger.fail(times: 1)
            core.tell(.changed(.mode(.plan)), in: anns)
            _ = try await eventually("it cannot be kept") {
                log.text.contains("a session cannot be shown") ? true : nil
            }
            core.tell(.changed(.mode(.plan)), in: bobs)
            try await chat(bob).waitForBot(saying: "plan")
            _ = try await eventually("it is shown again") { core.readers(of: anns) == 1 ? true : nil }
        }
    }
}
