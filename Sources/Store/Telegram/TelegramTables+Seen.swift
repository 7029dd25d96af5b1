import GRDB

extension TelegramTables {
    /// About how many of those that were heard of are known; anybody can write to a bot.
    static let seenCount = 200

    /// Who was heard of lately, let in or not, the last one first.
    public func seen(of bot: Int64) async throws -> [SeenRow] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM telegram_seen WHERE bot = ? ORDER BY seen_at DESC, kind, id",
                arguments: [bot]
            ).compactMap(SeenRow.init)
        }
    }

    static func note(_ seen: [SeenRow], of bot: Int64, at time: Int64, in database: GRDB.Database) throws {
        guard !seen.isEmpty else { return }
        for row in seen {
            try database.execute(
                cached: """
                    INSERT OR REPLACE INTO telegram_seen (bot, kind, id, type, name, seen_at) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [bot, row.kind.rawValue, row.id, row.type, row.name, time])
        }
        try database.execute(
            cached: """
                DELETE FROM telegram_seen WHERE bot = ?1 AND seen_at < (
                    SELECT seen_at FROM telegram_seen WHERE bot = ?1 ORDER BY seen_at DESC LIMIT 1 OFFSET ?2)
                """,
            arguments: [bot, Self.seenCount - 1])
    }
}
