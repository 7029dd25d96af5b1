import Conversation
import GRDB
import Testing

@testable import Store

/// What a bot finds, and what it notes.
@Suite struct NotificationNewsTests {
    private let state: TelegramState
    private let bot = TelegramState.bot

    init() throws { state = try TelegramState() }

    private func say(_ key: String) async throws -> KeptAnnouncement {
        let announcement = Announcement(.info, key: key, key, of: "test")
        return try await NotificationTables(state.database)
            .keep(announcement, at: Timestamp(millisecondsSince1970: 1))
    }

    private func take(_ news: NotificationNews, _ state: String, key: String) async throws {
        _ = try await self.state.tables().put(
            [SlotRow(key: key, chat: 5, wanted: "1")], state: state, change: news.kept.last?.change,
            told: news.kept.filter { !$0.isTold }.map(\.id), dropped: news.dropped, of: bot)
    }

    @Test func `what was taken in is not found again, until it is said again`() async throws {
        let first = try await say("a"), second = try await say("b")
        let tables = state.tables()
        var news = try await tables.notificationNews(of: bot)
        #expect(news.kept == [first, second] && news.state == nil)
        try await take(news, "one", key: "digest")
        news = try await tables.notificationNews(of: bot)
        #expect(news.kept.isEmpty && news.state == "one")
        _ = try await say("a")
        news = try await tables.notificationNews(of: bot)
        #expect(news.kept.map(\.id) == [first.id] && news.kept[0].count == 2 && news.kept[0].isTold)
        let standing = try await NotificationTables(state.database).standing()
        #expect(standing.waiting.isEmpty)
        let due = try await tables.due(of: bot)
        #expect(due.slots.map(\.key) == ["digest"])
    }

    @Test func `when one of the messages cannot be kept, nothing counts as taken in`() async throws {
        _ = try await say("a")
        try state.refuse("INSERT", on: "telegram_slots", when: "NEW.key = 'digest'")
        let news = try await state.tables().notificationNews(of: bot)
        await #expect(throws: (any Error).self) { try await take(news, "one", key: "digest") }
        let again = try await state.tables().notificationNews(of: bot)
        #expect(again == news)
    }

    /// How they ended, nil for one that runs, and when they began.
    private static let turns: [(status: String?, started: Int64)] = [
        ("ok", 5_000), ("ok", 10), ("error", 9_000), (nil, 0),
    ]

    @Test func `what went on is counted by how it ended, but for the owner's own chat`() async throws {
        try await state.database.queue.write { database in
            for (number, session) in ["tty:default", "tg:5:5"].enumerated() {
                let first = Int64(number * 100)
                try database.execute(
                    sql: "INSERT INTO sessions (id, mode, agent, created, updated) VALUES (?, '', 'auto', 0, 0)",
                    arguments: [session])
                for (index, turn) in Self.turns.enumerated() {
                    let id = first + Int64(index)
                    try database.execute(
                        sql: """
                            INSERT INTO messages (id, session, text, author, origin, sender, state, attempt)
                                VALUES (?1, ?2, 'go', 'ann', 'tty', 's', ?3, 1)
                            """,
                        arguments: [id, session, index == 3 ? "waiting" : "taken"])
                    try database.execute(
                        sql: """
                            INSERT INTO turns (id, session, message, attempt, started, status, duration, input_tokens)
                                VALUES (?1, ?2, ?1, 1, ?3, ?4, 100, 7)
                            """,
                        arguments: [id, session, turn.started, turn.status])
                }
            }
        }
        let activity = try await state.tables().activity(since: 1_000, exceptIn: "tg:5:")
        #expect(activity.ended == ["ok": 1, "error": 1] && activity.usage.inputTokens == 14)
        #expect(activity.running == 1 && activity.waiting == 1 && activity.asked == 0)
    }
}
