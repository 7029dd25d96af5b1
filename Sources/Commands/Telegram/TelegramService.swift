import Conversation
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
    /// What a bot needs of the core beside the conversation.
    struct Rest: Sendable {
        /// Where files of people go.
        var shelf: any FileShelf
        /// Where notifications come from; nil when nobody is told of any.
        var door: (any NotificationDoor)?
    }

    private struct State {
        /// Given when there are other settings.
        var change = Signal()
        /// Given when the bot that runs is to end.
        var dismissal: Signal?
    }

    private let workspace: BotWorkspace
    private let state = Locked(State())
    private let leaving = Signal()
    private let ended = Signal()

    /// Prepares the bot of `settings`.
    ///
    /// `redact` takes secrets out of what is written to chats.
    init(
        _ settings: Settings, in directory: StateDirectory, keeping database: Database,
        redact: @escaping @Sendable (String) -> String, clock: any Clock<Duration> = TimerClock(),
        now: @escaping @Sendable () -> Timestamp = { Timestamp.now }, logger: Logger
    ) {
        workspace = BotWorkspace(
            settings: Locked(settings), directory: directory,
            tables: TelegramTables(database) { now().millisecondsSince1970 }, redact: redact, clock: clock, now: now,
            logger: logger)
    }

    /// Runs the bot that the settings want, until the core ends, it leaves, or the task is cancelled.
    ///
    /// Never throws: a bot that cannot go on is told of, and the core goes on without it.
    func run(_ core: any Core, beside rest: Rest, telling tell: @escaping BotVoice.Teller = { _ in }) async {
        defer { ended.give() }
        let voice = BotVoice(door: rest.door, tell: tell, logger: workspace.logger)
        var complaint: String?
        while !leaving.isGiven, !Task.isCancelled {
            let change = state.withLock(\.change)
            do throws(BotPlan.Refusal) {
                if let plan = try BotPlan(workspace.settings.withLock(\.self)) {
                    complaint = nil
                    let keeper = BotKeeper(plan: plan, core: core, rest: rest, workspace: workspace, voice: voice)
                    guard await serve(keeper) == .dismissed else { return }
                    continue
                }
            } catch {
                if complaint != error.reason {
                    await voice.announce("\(error.reason); the bot is off", as: "off", .important)
                }
                complaint = error.reason
            }
            await Signal.first(of: change, leaving)
        }
    }

    /// Follows the settings from now on.
    func follow(_ settings: Settings) {
        workspace.settings.withLock { $0 = settings }
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

    /// Runs the bot of `keeper` until the core has gone or leaves, or the settings want another one.
    private func serve(_ keeper: BotKeeper) async -> BotKeeper.End {
        let dismissal = Signal()
        state.withLock { $0.dismissal = dismissal }
        // Whoever leaves after this finds the signal.
        if leaving.isGiven { return .over }
        return await withTaskGroup(of: BotKeeper.End?.self) { group in
            group.addTask { await keeper.run(until: dismissal) }
            group.addTask {
                await successor(of: keeper.plan, keeper.voice)
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
    private func successor(of plan: BotPlan, _ voice: BotVoice) async {
        var complaint: String?
        while !Task.isCancelled {
            let change = state.withLock(\.change), settings = workspace.settings.withLock(\.self)
            do {
                guard let next = try BotPlan(settings) else { return }
                if next != plan {
                    try await next.check(after: plan, in: settings)
                    return
                }
                complaint = nil
            } catch let refusal as BotPlan.Refusal {
                if complaint != refusal.reason {
                    await voice.complain("\(refusal.reason); the bot stays with the settings before")
                }
                complaint = refusal.reason
            } catch {
                return workspace.logger.debug(
                    "the new settings of the bot could not be tried", metadata: ["error": "\(error)"])
            }
            await Signal.first(of: change, leaving)
            if leaving.isGiven { return }
        }
    }
}
