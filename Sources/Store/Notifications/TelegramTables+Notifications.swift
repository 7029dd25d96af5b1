public import Conversation
import GRDB

/// What a bot finds when it looks for notifications.
public struct NotificationNews: Hashable, Sendable {
    /// Those that are new or were repeated since it looked last, in the order of their changes.
    public var kept: [KeptAnnouncement]
    /// How many were dropped since somebody was told of that.
    public var dropped: Int
    /// Until when only the urgent is told; nil for no quiet.
    public var quietUntil: Timestamp?
    /// What the bot kept when it looked last; nil before the first time.
    public var state: String?
}

/// What went on in the sessions of a workspace.
public struct NotificationActivity: Hashable, Sendable {
    /// How many turns ended, by the word for how.
    public var ended: [String: Int]
    /// What they used.
    public var usage: Usage
    /// How many turns run.
    public var running: Int
    /// How many messages wait.
    public var waiting: Int
    /// How many requests wait for a person.
    public var asked: Int
}

extension TelegramTables {
    /// How many notifications are read at once.
    static let newsLimit = 200

    /// What is new for `bot` behind the change that it noted last.
    public func notificationNews(of bot: Int64) async throws -> NotificationNews {
        try await read { database in
            let last = try Int64.fetchOne(
                database,
                sql: "SELECT CAST(value AS INTEGER) FROM telegram_values WHERE bot = ? AND name = 'notifications'",
                arguments: [bot])
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM notifications WHERE change > ? ORDER BY change LIMIT ?",
                arguments: [last ?? 0, Self.newsLimit])
            return NotificationNews(
                kept: rows.map(KeptAnnouncement.init),
                dropped: Int(try NotificationTables.value("dropped", in: database)),
                quietUntil: try NotificationTables.quiet(in: database),
                state: try Self.value("digest", of: bot, in: database))
        }
    }

    /// What went on since `time`, in milliseconds since 1970, in sessions whose names do not begin with `prefix`.
    public func activity(since time: Int64, exceptIn prefix: String) async throws -> NotificationActivity {
        try await read { database in
            func count(_ sql: String) throws -> Int {
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM \(sql) AND substr(session, 1, ?) <> ?",
                    arguments: [prefix.count, prefix]) ?? 0
            }
            let ends = try Row.fetchAll(
                database,
                sql: """
                    SELECT status, count(*) AS count, sum(input_tokens) AS read, sum(output_tokens) AS written
                    FROM (SELECT * FROM turns ORDER BY id DESC LIMIT 500)
                    WHERE status IS NOT NULL AND started + duration > ? AND NOT runs_again
                        AND substr(session, 1, ?) <> ?
                    GROUP BY status
                    """,
                arguments: [time, prefix.count, prefix])
            return NotificationActivity(
                ended: Dictionary(uniqueKeysWithValues: ends.map { ($0["status"] as String, $0["count"] as Int) }),
                usage: Usage(
                    inputTokens: ends.reduce(0) { $0 + ($1["read"] as Int) },
                    outputTokens: ends.reduce(0) { $0 + ($1["written"] as Int) }),
                running: try count("turns WHERE status IS NULL"),
                waiting: try count("messages WHERE state = 'waiting'"),
                asked: try count("approvals WHERE status = 'asked'"))
        }
    }

    /// Puts the messages that tell of notifications, together with the `state` of the bot that they led to: a crash leaves
    /// both or neither.
    ///
    /// `change` is the last that the bot has taken in, nil for no other than before; of those in `told`, and of so many `dropped` ones, people are told.
    public func put(
        _ slots: [SlotRow], state: String, change: Int64?, told: [KeptAnnouncement.ID], dropped: Int, of bot: Int64
    ) async throws -> [SlotRow] {
        let time = now()
        return try await write { database in
            for slot in slots { try Self.put(slot, of: bot, at: time, in: database) }
            try Self.keep(state, as: "digest", of: bot, in: database)
            if let change { try Self.keep("\(change)", as: "notifications", of: bot, in: database) }
            try NotificationTables.noteTold(told, dropped: dropped, in: database)
            try Self.moveDue(of: bot, in: database)
            return try slots.compactMap { try Self.slot($0.key, of: bot, in: database) }
        }
    }
}
