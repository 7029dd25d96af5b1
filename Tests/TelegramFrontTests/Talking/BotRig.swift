import Conversation
import Foundation
import HTTP
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// A bot with Telegram on this machine, in front of a core of the test, in the time of the test; what it keeps outlives it.
struct BotRig: Sendable {
    /// How a bot ends.
    enum End {
        /// As at a crash.
        case cutOff
        /// It takes its leave when the test's part is over, or before.
        case leaving
    }

    let clock = CountingClock()
    let telegram: FakeTelegram
    let ann: FakeUser
    let bob: FakeUser
    /// The first of the groups.
    let group: FakeChat?
    let inbox = InMemoryInbox()
    let store = InMemoryOutboxStore()
    let shelf = InMemoryShelf()
    let log = RecordingLog()
    /// Takes secrets out of what is written to chats.
    var redact: @Sendable (String) -> String = { $0 }
    let desk: InMemoryDesk
    let ledger: InMemoryLedger
    let memory: InMemoryMemory
    private let who: Locked<Access>

    /// A bot that lets Ann, who owns it, and Bob in, and the `groups`; with `rules` Telegram is in the time of the test, too.
    init(rules: TelegramRules? = nil, groups: (FakeTelegram) -> [FakeChat] = { _ in [] }) throws {
        telegram =
            if let rules {
                try FakeTelegram(rules: rules) { [clock] in Timestamp(millisecondsSince1970: clock.milliseconds) }
            } else {
                try FakeTelegram()
            }
        ann = telegram.addUser("Ann")
        bob = telegram.addUser("Bob")
        for user in [ann, bob] { _ = telegram.privateChat(with: user) }
        let clock = clock
        ledger = InMemoryLedger(beside: store) { clock.milliseconds }
        memory = InMemoryMemory { 0 }
        desk = InMemoryDesk(store) { clock.milliseconds }
        let groups = groups(telegram)
        group = groups.first
        who = Locked(
            Access(
                chat: Int64(ann.id), users: [Int64(bob.id)], pairedChats: Set(groups.map { Int64($0.id) })))
    }

    func chat(_ user: FakeUser) -> FakeChat { telegram.privateChat(with: user) }

    /// The session of `user` at `chat`, in their own chat unless told otherwise.
    func session(_ user: FakeUser, in chat: FakeChat? = nil) -> SessionID {
        SessionID(in: ChatAddress(chat: Int64(chat?.id ?? user.id)), of: Int64(user.id))
    }

    /// Who is let in, and what they may do.
    var access: Access {
        get { who.withLock(\.self) }
        nonmutating set { who.withLock { $0 = newValue } }
    }

    /// The groups that have got another number.
    var renamed: RenamedChats {
        get { who.withLock(\.renamed) }
        nonmutating set { who.withLock { $0.renamed = newValue } }
    }

    /// The texts that `core` was handed, in order.
    func said(_ core: ScriptedCore) -> [String] {
        core.calls.compactMap { if case .handle(let text, _) = $0 { text } else { nil } }
    }

    /// A core that says `answer to …` to everything, once `gate` lets it, where there is one.
    func core(_ gate: Gate? = nil, holding held: String = "") -> ScriptedCore {
        ScriptedCore { message, _ in
            if let gate, message.text.hasPrefix(held) { try await gate.pass() }
            return .replied(CommandReply(name: "last", ok: true, text: "answer to \(message.text)"))
        }
    }

    /// Runs a bot while `body` runs, in which the clock moves on by `step` all the time; nil lets it stand.
    func running(
        _ core: any Core, _ end: End = .cutOff, step: Duration? = .milliseconds(100),
        while body: @escaping @Sendable (TelegramBot) async throws -> Void
    ) async throws {
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let groups = Groups(who: who, memory: memory) { [clock] in clock.milliseconds }
        let bot = TelegramBot(
            BotAPI(token, on: server, through: client),
            keeping: .init(
                inbox: inbox, outbox: store, ledger: ledger, guests: groups, memory: groups, shelf: shelf,
                departure: NoDeparture()),
            clock: clock, now: { [clock] in Timestamp(millisecondsSince1970: clock.milliseconds) }, redact: redact,
            notifying: Notifying(door: desk, desk: desk) { NotificationManner(interval: 0, timeZone: .gmt) },
            logger: log.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { do { try await bot.run(core) } catch is CancellationError {} }
            if let step {
                try await clock.moving(by: step) { try await body(bot) }
            } else {
                try await body(bot)
            }
            switch end {
            case .cutOff:
                group.cancelAll()
                try await group.waitForAll()
            case .leaving:
                bot.leave()
                try await clock.moving(by: .milliseconds(100)) { try await group.waitForAll() }
            }
        }
    }

    /// Runs a bot before the real core while `body` runs, with `shell` as its agent, all in the time of the test.
    func running(
        _ shell: ScriptedShell, step: Duration, while body: @escaping @Sendable (TelegramBot) async throws -> Void
    ) async throws {
        try await withHub(shell, configuration: configuration) { hub in
            try await running(hub, step: step, while: body)
        }
    }

    /// How the real core is to be in the time of the test.
    var configuration: HubConfiguration {
        var configuration = HubConfiguration(
            version: "1.2.3", workingDirectory: "/project", clock: clock,
            now: { [clock] in Timestamp(millisecondsSince1970: clock.milliseconds) })
        configuration.mode = .single
        configuration.timeZone = .gmt
        return configuration
    }

    /// Waits until all that was said is on disk here.
    func waitForAllKept() async throws {
        try await telegram.wait(for: "all is kept") { $0.pendingUpdates.isEmpty }
    }
}

/// Who is let in, with the groups that get other numbers.
private struct Groups: Guests, BotMemory {
    let who: Locked<Access>
    let memory: InMemoryMemory
    let now: @Sendable () -> Int64

    func access() -> Access { who.withLock(\.self) }
    func redeem(_ text: String, of user: BotUser, in chat: BotChat) -> Pairing? { nil }

    /// Just now, so that nobody is welcomed.
    func welcomed(of bot: Int64) async -> Int64? { now() }
    func noteWelcome(of bot: Int64) async throws { try await memory.noteWelcome(of: bot) }
    func note(_ name: String, of bot: Int64) async -> String? { await memory.note(name, of: bot) }
    func write(_ text: String?, as name: String, of bot: Int64) async { await memory.write(text, as: name, of: bot) }
    func commands(of bot: Int64) async -> String? { await memory.commands(of: bot) }
    func noteCommands(_ commands: String, of bot: Int64) async { await memory.noteCommands(commands, of: bot) }
    func rename(_ chat: Int64, to new: Int64, of bot: Int64) {
        who.withLock { $0.renamed = RenamedChats(newest: [chat: new], originals: [new: chat]) }
    }
}
