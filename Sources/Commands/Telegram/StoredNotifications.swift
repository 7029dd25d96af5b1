import Conversation
import Settings
import Store
import TelegramFront

/// The notifications of a workspace as a bot brings them to its owner, kept in the database.
struct StoredNotifications: NotificationDesk {
    private let tables: TelegramTables

    init(_ tables: TelegramTables) { self.tables = tables }

    func mail(for bot: Int64) async throws -> NotificationMail {
        let news = try await tables.notificationNews(of: bot)
        return NotificationMail(
            kept: news.kept, dropped: news.dropped, quietUntil: news.quietUntil?.millisecondsSince1970,
            state: news.state)
    }

    func activity(since time: Int64, exceptWith owner: Int64) async throws -> Activity {
        let found = try await tables.activity(since: time, exceptIn: "tg:\(owner):")
        let done = found.ended["ok"] ?? 0, failed = found.ended["error"] ?? 0
        return Activity(
            done: done, failed: failed, stopped: found.ended.values.reduce(0, +) - done - failed,
            running: found.running, waiting: found.waiting, asked: found.asked,
            tokensRead: found.usage.inputTokens, tokensWritten: found.usage.outputTokens)
    }

    /// In one transaction: a crash leaves the messages and what they tell, or neither.
    func put(_ slots: [Slot], _ state: String, after mail: NotificationMail, bot: Int64) async throws -> [Slot] {
        let rows = try slots.map { try SlotRow($0) }
        return try await tables.put(
            rows, state: state, change: mail.kept.last?.change, told: mail.kept.filter { !$0.isTold }.map(\.id),
            dropped: mail.dropped, of: bot
        ).map(Slot.init)
    }
}

extension NotificationManner {
    /// What the settings say about it.
    init(_ settings: Settings) {
        self.init(
            NotificationVerbosity(rawValue: settings[.telegramVerbosity]) ?? .summary,
            quietHours: settings[.telegramQuietHours].map { QuietHours(from: $0.from, to: $0.to) },
            interval: Int64(settings[.telegramIntervalMinutes]) * 60_000)
    }
}
