import Conversation
import Foundation
import HTTP
import Locking
import Logging
import Settings
import Store
import TelegramFront

/// The bot of a workspace, beside the core that it talks to.
///
/// It follows the settings. Who is let in counts at once. Another token, server or way of polling ends the bot well and
/// begins it anew; a token that Telegram does not know is told of, and the bot goes on with the one before. What waits at
/// Telegram is dropped, where that is set, only when a bot is begun for the first time.
struct TelegramService: Sendable {
    /// How often it is looked whether another process has let go of the bot.
    private static let patience = Duration.seconds(5)
    /// How often it is looked whether the right to the bot is still there.
    private static let renewal = Duration.seconds(60)

    /// What a bot needs of the core beside the conversation.
    struct Rest: Sendable {
        /// Where files of people go.
        var shelf: any FileShelf
        /// Where notifications come from; nil when nobody is told of any.
        var door: (any NotificationDoor)?
    }

    /// Tells people at the terminals.
    typealias Teller = @Sendable (Notice) async -> Void

    private struct State {
        /// Given when there are other settings.
        var change = Signal()
        /// Given when the bot that runs is to end.
        var dismissal: Signal?
        /// The bots that were begun.
        var begun: Set<Int64> = []
    }

    /// How a bot has ended.
    private enum End: Hashable {
        /// There is no core any more, or it takes its leave.
        case over
        /// Something else is wanted.
        case dismissed
        /// It cannot go on as it is, which was logged.
        case off
    }

    private let settings: Locked<Settings>
    private let state = Locked(State())
    private let leaving = Signal()
    private let ended = Signal()
    private let tables: TelegramTables
    private let directory: StateDirectory
    private let redact: @Sendable (String) -> String
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// Prepares the bot of `settings`.
    ///
    /// `redact` takes secrets out of what is written to chats.
    init(
        _ settings: Settings, in directory: StateDirectory, keeping database: Database,
        redact: @escaping @Sendable (String) -> String, clock: any Clock<Duration> = TimerClock(),
        now: @escaping @Sendable () -> Timestamp = { Timestamp.now }, logger: Logger
    ) {
        self.settings = Locked(settings)
        self.directory = directory
        self.redact = redact
        self.clock = clock
        self.now = now
        self.logger = logger
        tables = TelegramTables(database) { now().millisecondsSince1970 }
    }

    /// Runs the bot that the settings want, until the core ends, it leaves, or the task is cancelled.
    ///
    /// Never throws: a bot that cannot go on is told of, and the core goes on without it.
    func run(_ core: any Core, beside rest: Rest, telling tell: @escaping Teller = { _ in }) async {
        defer { ended.give() }
        var complaint: String?
        while !leaving.isGiven, !Task.isCancelled {
            let change = state.withLock(\.change)
            do throws(BotPlan.Refusal) {
                if let plan = try BotPlan(settings.withLock(\.self)) {
                    complaint = nil
                    guard await serve(plan, core, rest, tell) == .dismissed else { return }
                    continue
                }
            } catch {
                if complaint != error.reason {
                    await announce("\(error.reason); the bot is off", as: "off", .important, rest, tell)
                }
                complaint = error.reason
            }
            await Self.first(change, leaving)
        }
    }

    /// Follows the settings from now on.
    func follow(_ settings: Settings) {
        self.settings.withLock { $0 = settings }
        let change = state.withLock { state in
            defer { state.change = Signal() }
            return state.change
        }
        change.give()
    }

    /// Has what is on its way arrive, and returns when the bot has ended; for the end of the core.
    func leave() async {
        leaving.give()
        state.withLock(\.dismissal)?.give()
        await ended.wait()
    }

    // MARK: One plan

    /// Runs the bot of `plan` until the core has gone or leaves, or the settings want another one.
    private func serve(
        _ plan: BotPlan, _ core: any Core, _ rest: Rest, _ tell: @escaping Teller
    ) async -> End {
        let dismissal = Signal()
        state.withLock { $0.dismissal = dismissal }
        // Whoever leaves after this finds the signal.
        if leaving.isGiven { return .over }
        return await withTaskGroup(of: End?.self) { group in
            group.addTask { await keep(plan, core, rest, until: dismissal, tell) }
            group.addTask {
                await successor(of: plan, tell)
                dismissal.give()
                return nil
            }
            defer { group.cancelAll() }
            // A bot that is off waits for other settings; other settings, and whoever leaves, for the end of the bot.
            for await end in group where end == .over || end != nil && leaving.isGiven { return .over }
            return leaving.isGiven || Task.isCancelled ? .over : .dismissed
        }
    }

    /// Returns when the settings want another bot than that of `plan`, and one that Telegram knows; or when cancelled.
    private func successor(of plan: BotPlan, _ tell: Teller) async {
        var complaint: String?
        while !Task.isCancelled {
            let change = state.withLock(\.change)
            do {
                guard let next = try BotPlan(settings.withLock(\.self)) else { return }
                if next != plan {
                    try await check(next, after: plan)
                    return
                }
                complaint = nil
            } catch let refusal as BotPlan.Refusal {
                if complaint != refusal.reason {
                    await complain("\(refusal.reason); the bot stays with the settings before", tell)
                }
                complaint = refusal.reason
            } catch {
                return logger.debug("the new settings of the bot could not be tried", metadata: ["error": "\(error)"])
            }
            await Self.first(change, leaving)
            if leaving.isGiven { return }
        }
    }

    /// Throws ``BotPlan/Refusal`` when Telegram says that it does not know the token of `next`.
    ///
    /// When Telegram cannot be asked, the bot before could not go on either.
    private func check(_ next: BotPlan, after plan: BotPlan) async throws {
        guard next.token != plan.token || next.server != plan.server else { return }
        let client = try CurlClient()
        defer { client.close() }
        do {
            _ = try await ChatFinder(BotAPI(next.token, on: next.server, through: client)).username()
        } catch let error as BotError where error.code == .unauthorized {
            let origin = settings.withLock(\.self).origin(of: .telegramBotToken)
            throw BotPlan.Refusal(reason: "\(origin): Telegram does not know this token (\(error))")
        }
    }

    private func complain(_ text: String, _ tell: Teller) async {
        logger.error("\(text)")
        await tell(Notice(.error, text))
    }

    /// Tells the log and people, also those who come to a terminal later.
    private func announce(
        _ text: String, as name: String, _ priority: Announcement.Priority, _ rest: Rest, _ tell: Teller
    ) async {
        let level: Logger.Level = priority <= .important ? .error : .warning
        logger.log(level: level, "\(text)")
        guard let door = rest.door else { return await tell(Notice(priority <= .important ? .error : .warn, text)) }
        do {
            try await door.notify(Announcement(priority, key: "telegram/\(name)", text, of: "telegram"))
        } catch {
            logger.error("could not tell people of it", metadata: ["error": "\(error)"])
        }
    }

    // MARK: The bot

    /// Runs the bot of `plan` whenever this process has the right to it.
    private func keep(
        _ plan: BotPlan, _ core: any Core, _ rest: Rest, until dismissal: Signal, _ tell: Teller
    ) async -> End {
        do {
            while let lock = try await takeLock(of: plan.token.botID, until: dismissal, rest, tell) {
                let end = try await hold(lock, plan, core, rest, until: dismissal)
                if end != .dismissed || dismissal.isGiven { return end }
            }
            return .dismissed
        } catch is CancellationError {
            return .over
        } catch {
            let reason = (error as? Failure)?.message ?? "\(error)"
            await announce("\(reason); the bot is off", as: "off", .important, rest, tell)
            return .off
        }
    }

    /// Runs the bot of `plan` until it has ended; dismisses it as well when another process has taken its lock.
    private func hold(
        _ lock: BotLock, _ plan: BotPlan, _ core: any Core, _ rest: Rest, until dismissal: Signal
    ) async throws -> End {
        let end = Signal()
        return try await withThrowingTaskGroup(of: End?.self) { group in
            group.addTask { try await work(on: plan, core, rest, lock, until: end) }
            group.addTask {
                try await dismissal.given()
                end.give()
                return nil
            }
            group.addTask {
                try await renew(lock)
                end.give()
                return nil
            }
            defer { group.cancelAll() }
            while let done = try await group.next() {
                if let done { return done }
            }
            return .dismissed
        }
    }

    /// Keeps `lock`, which may be removed as an old file is, until another process has taken it.
    private func renew(_ lock: BotLock) async throws {
        while true {
            try await clock.sleep(for: Self.renewal)
            do {
                guard try lock.renew() else { return logger.warning("another cm has taken the lock of the bot") }
            } catch let failure as Failure {
                // For others it is no better.
                logger.warning("the lock of the bot is gone", metadata: ["reason": "\(failure.message ?? "")"])
            }
        }
    }

    /// Runs the bot of `plan`, anew when it fails: all that counts is on disk.
    private func work(
        on plan: BotPlan, _ core: any Core, _ rest: Rest, _ lock: BotLock, until dismissal: Signal
    ) async throws -> End {
        let client = try CurlClient()
        defer { client.close() }
        var backOff = BotBackOff()
        while !dismissal.isGiven {
            let start = now()
            do {
                try await run(bot(plan, rest, lock, through: client), core, until: dismissal)
                return dismissal.isGiven ? .dismissed : .off
            } catch let error as HubError where error.code == .closed {
                return .over
            } catch let error where !(error is CancellationError) {
                let rest = backOff.rest(after: .milliseconds(now().milliseconds(since: start)))
                logger.error(
                    "the bot has failed and begins anew", metadata: ["error": "\(error)", "after": "\(rest)"])
                try await sleep(for: rest, or: dismissal)
            }
        }
        return .dismissed
    }

    private func run(_ bot: TelegramBot, _ core: any Core, until dismissal: Signal) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await bot.run(core)
                return true
            }
            group.addTask {
                try await dismissal.given()
                bot.leave()
                return false
            }
            defer { group.cancelAll() }
            while let isOver = try await group.next(), !isOver {}
        }
    }

    private func bot(_ plan: BotPlan, _ rest: Rest, _ lock: BotLock, through client: CurlClient) -> TelegramBot {
        let settings = settings.withLock(\.self), bot = plan.token.botID
        let isFirst = state.withLock { $0.begun.insert(bot).inserted }
        let pairings = StoredPairings(tables: tables, bot: bot)
        let keeping = TelegramBot.Keeping(
            inbox: StoredUpdates(tables), outbox: StoredOutbox(tables), ledger: StoredOutbox(tables),
            guests: WorkspaceGuests(settings: self.settings, pairings: pairings),
            memory: StoredMemory(tables: tables, lock: lock),
            shelf: rest.shelf, departure: WorkspaceGate(redact: redact))
        return TelegramBot(
            BotAPI(plan.token, on: plan.server, through: client), keeping: keeping,
            polling: .init(
                timeout: plan.pollTimeout, deletesWebhook: plan.deletesWebhook,
                dropsPending: isFirst && settings[.telegramDropsPending],
                ignoresPending: isFirst && settings[.telegramIgnoresPending],
                tellsOfAgent: settings[.telegramRequiresWarmUp]),
            clock: clock, now: now, redact: redact,
            silentAfter: { [standing = self.settings] in standing.withLock(\.self)[.turnSilentAfter] },
            notifying: rest.door.map { door in
                Notifying(door: door, desk: StoredNotifications(tables)) { [standing = self.settings] in
                    NotificationManner(standing.withLock(\.self))
                }
            }, project: StateDirectory.workspaceName(ofStateAt: directory.path), logger: logger)
    }

    /// Waits until no other process of this user polls for the bot; nil when the bot is dismissed before.
    private func takeLock(
        of bot: Int64, until dismissal: Signal, _ rest: Rest, _ tell: Teller
    ) async throws -> BotLock? {
        var hasTold = false
        while !dismissal.isGiven {
            if let lock = try BotLock(bot, for: directory) {
                if let remark = lock.remark {
                    logger.warning(
                        "only programs with the same CM_STATE_DIR find out that two poll for one bot",
                        metadata: ["reason": "\(remark)"])
                }
                if hasTold { logger.notice("the other cm polls no more; this one goes on") }
                return lock
            }
            if !hasTold {
                let name = BotLock.holder(of: bot, beside: directory).map(StateDirectory.workspaceName) ?? ""
                let whose = name.isEmpty ? "" : ", that of the project \(name)"
                let text = "another cm polls for this bot\(whose); this one waits for its end"
                await announce(text, as: "\(bot)/waits", .warning, rest, tell)
            }
            hasTold = true
            try await sleep(for: Self.patience, or: dismissal)
        }
        return nil
    }

    /// Waits so long, or until `signal` is given; throws when the task is cancelled.
    private func sleep(for pause: Duration, or signal: Signal) async throws {
        await withTaskGroup(of: Void.self) { group in
            // Whoever cancels the sleep has a reason to go on.
            group.addTask { [clock] in try? await clock.sleep(for: pause) }
            group.addTask { await signal.wait() }
            await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }

    /// Waits until one of two is given, or the task is cancelled.
    private static func first(_ one: Signal, _ other: Signal) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await one.wait() }
            group.addTask { await other.wait() }
            await group.next()
            group.cancelAll()
        }
    }
}

extension Timestamp {
    /// The moment by the system's clock.
    static var now: Timestamp {
        Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
    }
}
