import Conversation
import Foundation
import HTTP
import Locking
import Logging
import Settings
import Store
import TelegramFront

/// The bot of a workspace, beside the core that it talks to.
struct TelegramService: Sendable {
    /// How often it is looked whether another process has let go of the bot, and how long a bot rests that has failed.
    private static let patience = Duration.seconds(5)

    /// The settings as they stand; but for who is let in they count from the next start.
    private let settings: Locked<Settings>
    private let running = Locked<TelegramBot?>(nil)
    private let ended = Signal()
    private let tables: TelegramTables
    private let lockDirectory: String
    private let redact: @Sendable (String) -> String
    private let logger: Logger

    /// Prepares the bot of `settings`.
    ///
    /// `redact` takes secrets out of what is written to chats.
    init(
        _ settings: Settings, in state: StateDirectory, keeping database: Database,
        redact: @escaping @Sendable (String) -> String, logger: Logger
    ) {
        self.settings = Locked(settings)
        self.redact = redact
        self.logger = logger
        lockDirectory = (state.path as NSString).deletingLastPathComponent
        tables = TelegramTables(database) { Timestamp.now.millisecondsSince1970 }
    }

    /// Runs the bot if there is one, until the core ends or the task is cancelled.
    ///
    /// Never throws: a bot that cannot go on is logged, and the core goes on without it.
    func run(_ core: Hub) async {
        defer { ended.give() }
        let settings = settings.withLock(\.self)
        guard let written = settings[.telegramBotToken] else { return }
        guard let token = BotToken(written.value) else {
            let origin = settings.origin(of: .telegramBotToken)
            return logger.error("\(origin): this is no token of a bot, such as BotFather makes; the bot is off")
        }
        do {
            let lock = try await takeLock(of: token.botID)
            defer { withExtendedLifetime(lock) {} }
            let client = try CurlClient()
            defer { client.close() }
            let shelf = WorkspaceShelf { try await core.workingDirectory(of: $0) }
            try await run(core, bot(token, settings, shelf, through: client))
        } catch is CancellationError {
        } catch {
            logger.error("the bot is off", metadata: ["error": "\(error)"])
        }
    }

    /// Runs the bot, anew when it fails: all that counts is on disk.
    private func run(_ core: any Core, _ bot: TelegramBot) async throws {
        running.withLock { $0 = bot }
        while true {
            do {
                return try await bot.run(core)
            } catch let error as HubError where error.code == .closed {
                return
            } catch let error where !(error is CancellationError) {
                logger.error("the bot has failed and begins anew", metadata: ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.patience)
        }
    }

    /// Takes in who is let in from now on.
    func follow(_ settings: Settings) { self.settings.withLock { $0 = settings } }

    /// Has what is on its way arrive, and returns when the bot has ended; for the end of the core.
    func leave() async {
        guard let bot = running.withLock(\.self) else { return }
        bot.leave()
        await ended.wait()
    }

    private func bot(
        _ token: BotToken, _ settings: Settings, _ shelf: WorkspaceShelf, through client: CurlClient
    ) throws -> TelegramBot {
        guard let server = BotServer(settings[.telegramAPIBase]) else {
            let origin = settings.origin(of: .telegramAPIBase)
            throw Failure(
                code: Failure.badConfiguration, message: "\(origin): telegram.api_base is no address of a server")
        }
        let pairings = StoredPairings(tables: tables, bot: token.botID)
        let keeping = TelegramBot.Keeping(
            inbox: StoredUpdates(tables), outbox: StoredOutbox(tables), ledger: StoredOutbox(tables),
            guests: WorkspaceGuests(settings: self.settings, pairings: pairings), memory: StoredMemory(tables: tables),
            shelf: shelf, departure: WorkspaceGate(redact: redact))
        return TelegramBot(
            BotAPI(token, on: server, through: client), keeping: keeping,
            polling: .init(
                timeout: settings[.telegramPollTimeout], deletesWebhook: settings[.telegramDeletesWebhook],
                dropsPending: settings[.telegramDropsPending],
                ignoresPending: settings[.telegramIgnoresPending]),
            clock: TimerClock(), now: { Timestamp.now }, redact: redact, logger: logger)
    }

    /// Waits until no other process of this user polls for the bot.
    private func takeLock(of bot: Int64) async throws -> BotLock {
        var hasTold = false
        while true {
            if let lock = try BotLock(bot, in: lockDirectory) { return lock }
            if !hasTold { logger.warning("another cm polls for this bot; this one waits for its end") }
            hasTold = true
            try await Task.sleep(for: Self.patience)
        }
    }
}

extension Timestamp {
    /// The moment by the system's clock.
    static var now: Timestamp {
        Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
    }
}
