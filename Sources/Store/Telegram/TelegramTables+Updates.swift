import Foundation
import GRDB

extension TelegramTables {
    /// How long it is known that an update was dealt with; Telegram tells one again for a day at most, and may begin to
    /// count anew after a week of silence.
    static let tombstoneAge = 8 * day
    /// How long an offset is of use: after a week of silence the numbers may begin anew below it, and asking from it on
    /// would confirm what nobody has read.
    static let offsetAge = 6 * day

    /// The updates before this are kept; nil before the first, and when nothing came for so long that Telegram may have
    /// begun to count anew.
    public func offset(of bot: Int64) async throws -> Int64? {
        let oldest = now() - Self.offsetAge
        return try await read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT next_update FROM telegram_bots WHERE bot = ? AND offset_at >= ?")
            return try Int64.fetchOne(statement, arguments: [bot, oldest])
        }
    }

    /// Keeps those of `updates` that were not kept before, `offset`, and who was `seen` in them; returns the new ones.
    ///
    /// One that was dealt with is not new. What is `ignored` is kept as dealt with.
    public func keep(
        _ updates: [UpdateRow], offset: Int64, ignored: Bool = false, seen: [SeenRow] = [], of bot: Int64
    ) async throws -> [UpdateRow] {
        let time = now()
        return try await write { database in
            try database.execute(
                cached: "DELETE FROM telegram_updates WHERE bot = ? AND payload IS NULL AND arrived_at < ?",
                arguments: [bot, time - Self.tombstoneAge])
            let new = try updates.filter { try Self.insert($0, ignored: ignored, of: bot, in: database) }
            try database.execute(
                cached: """
                    INSERT INTO telegram_bots (bot, next_update, offset_at) VALUES (?, ?, ?)
                    ON CONFLICT (bot) DO UPDATE SET next_update = excluded.next_update, offset_at = excluded.offset_at
                    """,
                arguments: [bot, offset, time])
            try Self.note(seen, of: bot, at: time, in: database)
            return new
        }
    }

    /// Whether it was not kept before.
    private static func insert(
        _ update: UpdateRow, ignored: Bool, of bot: Int64, in database: GRDB.Database
    ) throws -> Bool {
        try database.execute(
            cached: """
                INSERT INTO telegram_updates (bot, update_id, arrived_at, payload) VALUES (?, ?, ?, ?)
                ON CONFLICT (bot, update_id) DO NOTHING
                """,
            arguments: [bot, update.id, update.arrivedAt, ignored ? nil : update.payload])
        return database.changesCount > 0
    }

    /// What was kept and not dealt with, in the order of arrival.
    public func openUpdates(of bot: Int64) async throws -> [UpdateRow] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM telegram_updates WHERE bot = ? AND payload IS NOT NULL ORDER BY place",
                arguments: [bot]
            ).map(UpdateRow.init)
        }
    }

    /// Those of `updates` that were kept and not dealt with, in the order of arrival.
    public func openUpdates(_ updates: [Int64], of bot: Int64) async throws -> [UpdateRow] {
        let numbers = String(decoding: try JSONEncoder().encode(updates), as: UTF8.self)
        return try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM telegram_updates
                    WHERE bot = ? AND update_id IN (SELECT value FROM json_each(?)) AND payload IS NOT NULL ORDER BY place
                    """,
                arguments: [bot, numbers]
            ).map(UpdateRow.init)
        }
    }

    /// Keeps what `update` says now in place of what it said, unless it was dealt with, and notes `others` as dealt with.
    public func sealUpdate(_ update: UpdateRow, absorbing others: [Int64], of bot: Int64) async throws {
        try await write { database in
            try database.execute(
                cached: """
                    UPDATE telegram_updates SET payload = ?
                    WHERE bot = ? AND update_id = ? AND payload IS NOT NULL
                    """,
                arguments: [update.payload, bot, update.id])
            for other in others {
                try database.execute(
                    cached: "UPDATE telegram_updates SET payload = NULL WHERE bot = ? AND update_id = ?",
                    arguments: [bot, other])
            }
        }
    }

    /// Notes that an update was dealt with; what it said is forgotten, not that it came.
    public func closeUpdate(_ update: Int64, of bot: Int64) async throws {
        try await write { database in
            try database.execute(
                cached: "UPDATE telegram_updates SET payload = NULL WHERE bot = ? AND update_id = ?",
                arguments: [bot, update])
        }
    }
}

extension UpdateRow {
    fileprivate init(_ row: Row) {
        self.init(id: row["update_id"], arrivedAt: row["arrived_at"], payload: row["payload"])
    }
}
