import Conversation
import HTTP
import Locking
import Logging
import TestSupport
import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(1))) struct GreeterTests {
    private let telegram: FakeTelegram
    private let ann: FakeUser
    private let store = InMemoryOutboxStore()
    private let time = Locked<Int64>(1_000_000_000)
    private let memory: InMemoryMemory
    private let log = RecordingLog()
    private let core = ScriptedCore { _, _ in throw HubError.closed }

    init() throws {
        telegram = try FakeTelegram()
        ann = telegram.addUser("Ann")
        memory = InMemoryMemory { [time] in time.withLock(\.self) }
    }

    private func greet(
        _ core: ScriptedCore? = nil, letIn access: Access? = nil, project: String = ""
    ) async throws {
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let api = BotAPI(token, on: server, through: client)
        let greeter = Greeter(
            api: api, memory: memory, guests: FixedGuests(who: access ?? Access(chat: Int64(ann.id))),
            outbox: Outbox(api, store: store, clock: ContinuousClock(), now: { 0 }),
            tellsOfAgent: true, project: project,
            now: { [time] in Timestamp(millisecondsSince1970: time.withLock(\.self)) },
            redact: { $0 },
            logger: log.logger)
        try await greeter.greet(core ?? self.core)
    }

    @Test func `the owner is welcomed silently, and not again within ten minutes`() async throws {
        try await greet()
        let first = await store.slots
        #expect(first.map(\.address.chat) == [Int64(ann.id)])
        #expect(first.first?.isLoud == false && first.first?.delivery == .once)
        #expect(first.first?.wanted.text == "Ready: mode single, agent scripted. /help lists the commands.")
        time.withLock { $0 += 599_999 }
        try await greet()
        #expect(await store.slots.count == 1)
        time.withLock { $0 += 1 }
        try await greet()
        #expect(await store.slots.count == 2)
    }

    @Test func `the welcome names the project, and comes at once when another one spoke last`() async throws {
        try await greet(project: "shop")
        let first = await store.slots
        #expect(first.first?.wanted.text.hasPrefix("Ready: mode single, agent scripted, project shop. /help") == true)
        await memory.setPredecessor("blog")
        time.withLock { $0 += 1 }
        try await greet(project: "shop")
        let second = await store.slots
        #expect(second.count == 2)
        #expect(
            second.last?.wanted.text.contains("answers here from now on, in place of the project blog.") == true)
        time.withLock { $0 += 1 }
        try await greet(project: "shop")
        let third = await store.slots
        #expect(third.count == 2)
    }

    @Test func `who answers from now on is told at the next start when it could not be told at the first, and once`()
        async throws
    {
        await memory.setPredecessor("blog")
        let isBroken = Locked(true)
        let core = ScriptedCore(greeting: { session in
            guard !isBroken.withLock(\.self) else { throw HubError.closed }
            return Greeting(session: session, mode: .single, profile: "default", agent: "scripted", version: "1")
        }) { _, _ in throw HubError.closed }
        await #expect(throws: HubError.self) { try await greet(core, project: "shop") }
        #expect(await store.slots.isEmpty)
        isBroken.withLock { $0 = false }
        // It dies before it is noted that it was told.
        await memory.fail(times: 1)
        await #expect(throws: Trouble.self) { try await greet(core, project: "shop") }
        time.withLock { $0 += 5_000 }
        try await greet(core, project: "shop")
        try await greet(core, project: "shop")
        let slots = await store.slots
        #expect(slots.count == 1 && slots.first?.wanted.text.contains("in place of the project blog.") == true)
        // What is sent again when it may have arrived or not.
        #expect(slots.first?.delivery == .filled)
    }

    @Test func `a welcome that could not be noted is the same one once more`() async throws {
        await memory.fail(times: 1)
        await #expect(throws: Trouble.self) { try await greet() }
        time.withLock { $0 += 5_000 }
        try await greet()
        #expect(await store.slots.count == 1)
    }

    @Test func `the menu is told only when it is another one`() async throws {
        try await greet()
        try await greet()
        #expect(telegram.calls(of: "setMyCommands").count == 1)
        #expect(telegram.commands.contains { $0.command == "status" })
        // These belong to the terminal.
        #expect(!telegram.commands.contains { ["quit", "exit"].contains($0.command) })
        await memory.noteCommands("what an older version told", of: 1)
        try await greet()
        #expect(telegram.calls(of: "setMyCommands").count == 2)
    }

    @Test func `a menu that is refused is told by the next start, and keeps nobody from the welcome`() async throws {
        telegram.inject(.badRequest("BOT_COMMANDS_TOO_MUCH"), into: "setMyCommands", times: 1)
        try await greet()
        #expect(await store.slots.count == 1)
        #expect(log.text.contains("could not tell the menu of commands"))
        try await greet()
        #expect(telegram.calls(of: "setMyCommands").count == 2 && !telegram.commands.isEmpty)
    }

    @Test func `with nobody let in, the log says what to do, and nobody is written to`() async throws {
        try await greet(letIn: Access(chat: -100))
        #expect(await store.slots.isEmpty)
        #expect(log.text.contains("cm pair"))
    }
}
