import Conversation
import GRDB

extension TelegramTables {
    /// Keeps `cursor` where none is kept for its session and address, and returns the one that is kept.
    public func begin(_ cursor: CursorRow, of bot: Int64) async throws -> CursorRow {
        try await write { database in
            try Self.begin(cursor, of: bot, in: database)
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM telegram_cursors WHERE bot = ? AND session = ? AND chat = ? AND topic = ?",
                arguments: [bot, cursor.session.rawValue, cursor.chat, cursor.topic ?? 0])
            return row.map(CursorRow.init) ?? cursor
        }
    }

    /// How far the events of sessions were turned into messages, in no order.
    public func cursors(of bot: Int64) async throws -> [CursorRow] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM telegram_cursors WHERE bot = ?", arguments: [bot])
                .map(CursorRow.init)
        }
    }

    /// Keeps `cursor` where none is kept for its session and address.
    static func begin(_ cursor: CursorRow, of bot: Int64, in database: GRDB.Database) throws {
        try database.execute(
            cached: """
                INSERT INTO telegram_cursors (bot, session, chat, topic, cursor, resume) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
            arguments: [
                bot, cursor.session.rawValue, cursor.chat, cursor.topic ?? 0, cursor.cursor.rawValue,
                cursor.resume.rawValue,
            ])
    }

    /// Takes what is kept on to `row`, never back; for a chat that has been renamed it is kept for the new one.
    static func put(_ row: CursorRow, of bot: Int64, in database: GRDB.Database) throws {
        try database.execute(
            cached: """
                INSERT INTO telegram_cursors (bot, session, chat, topic, cursor, resume) VALUES (
                    ?1, ?2,
                    coalesce((SELECT new FROM telegram_renamed_chats WHERE bot = ?1 AND old = ?3), ?3), ?4, ?5, ?6)
                ON CONFLICT (bot, session, chat, topic) DO UPDATE SET
                    cursor = max(cursor, excluded.cursor), resume = max(resume, excluded.resume)
                """,
            arguments: [
                bot, row.session.rawValue, row.chat, row.topic ?? 0, row.cursor.rawValue, row.resume.rawValue,
            ])
    }
}
