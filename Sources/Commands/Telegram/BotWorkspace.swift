import Conversation
import HTTP
import Locking
import Logging
import Settings
import Store
import TelegramFront

/// What the bots of a workspace have of it, one after the other.
struct BotWorkspace: Sendable {
    /// As they are at the moment.
    let settings: Locked<Settings>
    let directory: StateDirectory
    let tables: TelegramTables
    /// Takes secrets out of what is written to chats.
    let redact: @Sendable (String) -> String
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    let logger: Logger
    /// The bots that were begun.
    private let begun = Locked<Set<Int64>>([])

    /// A bot of `plan`, to which `lock` gives the right.
    ///
    /// Only the first of its number drops or ignores what waits at Telegram, where that is set.
    func bot(
        _ plan: BotPlan, _ rest: TelegramService.Rest, _ lock: BotLock, through client: CurlClient
    ) -> TelegramBot {
        let standing = self.settings, settings = standing.withLock(\.self), bot = plan.token.botID
        let isFirst = begun.withLock { $0.insert(bot).inserted }
        let pairings = StoredPairings(tables: tables, bot: bot)
        let keeping = TelegramBot.Keeping(
            inbox: StoredUpdates(tables), outbox: StoredOutbox(tables), ledger: StoredOutbox(tables),
            guests: WorkspaceGuests(settings: standing, pairings: pairings),
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
            silentAfter: { standing.withLock(\.self)[.turnSilentAfter] },
            notifying: rest.door.map { door in
                Notifying(door: door, desk: StoredNotifications(tables)) {
                    NotificationManner(standing.withLock(\.self))
                }
            }, project: StateDirectory.workspaceName(ofStateAt: directory.path), logger: logger)
    }
}
