import GRDB

extension TelegramTables {
    /// Whether the bot may welcome people now: not when it did less than `apart` milliseconds ago.
    ///
    /// When it may, it counts as done.
    public func claimWelcome(apart: Int64, of bot: Int64) async throws -> Bool {
        let time = now()
        return try await write { database in
            // A moment that is yet to come was noted by a clock that has been set back.
            try database.execute(
                sql: """
                    INSERT INTO telegram_bots (bot, welcomed_at) VALUES (?1, ?2)
                    ON CONFLICT (bot) DO UPDATE SET welcomed_at = excluded.welcomed_at
                    WHERE welcomed_at IS NULL OR welcomed_at NOT BETWEEN ?2 - ?3 + 1 AND ?2
                    """,
                arguments: [bot, time, apart])
            return database.changesCount > 0
        }
    }

    /// What tells the menu of commands that Telegram was given; nil before the first.
    public func commands(of bot: Int64) async throws -> String? {
        try await read { database in
            try String.fetchOne(database, sql: "SELECT commands FROM telegram_bots WHERE bot = ?", arguments: [bot])
        }
    }

    /// Notes the menu of commands that Telegram was given.
    public func noteCommands(_ commands: String, of bot: Int64) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO telegram_bots (bot, commands) VALUES (?, ?)
                    ON CONFLICT (bot) DO UPDATE SET commands = excluded.commands
                    """,
                arguments: [bot, commands])
        }
    }

    /// What was kept under `name`; nil for nothing.
    public func value(_ name: String, of bot: Int64) async throws -> String? {
        try await read { database in
            try String.fetchOne(
                database, sql: "SELECT value FROM telegram_values WHERE bot = ? AND name = ?", arguments: [bot, name])
        }
    }

    /// Keeps `value` under `name`; nil forgets it.
    public func keep(_ value: String?, as name: String, of bot: Int64) async throws {
        try await write { database in
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
}
