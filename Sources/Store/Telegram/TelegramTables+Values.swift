import GRDB

extension TelegramTables {
    /// What was kept under `name`; nil for nothing.
    public func value(_ name: String, of bot: Int64) async throws -> String? {
        try await read { try Self.value(name, of: bot, in: $0) }
    }

    /// Keeps `value` under `name`; nil forgets it.
    public func keep(_ value: String?, as name: String, of bot: Int64) async throws {
        try await write { try Self.keep(value, as: name, of: bot, in: $0) }
    }

    static func value(_ name: String, of bot: Int64, in database: GRDB.Database) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT value FROM telegram_values WHERE bot = ? AND name = ?", arguments: [bot, name])
    }

    static func keep(_ value: String?, as name: String, of bot: Int64, in database: GRDB.Database) throws {
        if let value {
            try database.execute(
                sql: "INSERT OR REPLACE INTO telegram_values (bot, name, value) VALUES (?, ?, ?)",
                arguments: [bot, name, value])
        } else {
            try database.execute(
                sql: "DELETE FROM telegram_values WHERE bot = ? AND name = ?", arguments: [bot, name])
        }
    }
}
