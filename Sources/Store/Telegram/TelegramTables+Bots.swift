import GRDB

extension TelegramTables {
    /// When the bot welcomed people last; nil for never.
    public func welcomed(of bot: Int64) async throws -> Int64? {
        try await read { database in
            try Int64.fetchOne(database, sql: "SELECT welcomed_at FROM telegram_bots WHERE bot = ?", arguments: [bot])
        }
    }

    /// Notes that the bot welcomes people now.
    public func noteWelcome(of bot: Int64) async throws {
        let time = now()
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO telegram_bots (bot, welcomed_at) VALUES (?, ?)
                    ON CONFLICT (bot) DO UPDATE SET welcomed_at = excluded.welcomed_at
                    """,
                arguments: [bot, time])
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
}
