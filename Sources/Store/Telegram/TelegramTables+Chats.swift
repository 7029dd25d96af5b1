import GRDB

extension TelegramTables {
    /// Lets nothing be sent to `chat` before that moment, in milliseconds since 1970; nil ends it.
    public func hold(_ chat: Int64, until moment: Int64?, bot: Int64) async throws {
        let time = now()
        try await write { database in
            if let moment {
                // Those that are over need not be told: nobody may ever write there again.
                try database.execute(
                    sql: "DELETE FROM telegram_holds WHERE bot = ? AND until < ?", arguments: [bot, time])
                try database.execute(
                    sql: "INSERT OR REPLACE INTO telegram_holds (bot, chat, until) VALUES (?, ?, ?)",
                    arguments: [bot, chat, moment])
            } else {
                try database.execute(
                    sql: "DELETE FROM telegram_holds WHERE bot = ? AND chat = ?", arguments: [bot, chat])
            }
        }
    }

    /// Notes that `chat` cannot be written to; nil when it can.
    public func lose(_ chat: Int64, _ loss: LossRow?, bot: Int64) async throws {
        let time = now()
        try await write { database in
            guard let loss else {
                return try database.execute(
                    sql: "DELETE FROM telegram_losses WHERE bot = ? AND chat = ?", arguments: [bot, chat])
            }
            // Of those that are older nothing waits any more.
            try database.execute(
                sql: """
                    DELETE FROM telegram_losses WHERE bot = :bot AND since < :old;
                    INSERT OR REPLACE INTO telegram_losses (bot, chat, since, until)
                        VALUES (:bot, :chat, :since, :until);
                    """,
                arguments: [
                    "bot": bot, "old": time - 2 * Self.slotAge, "chat": chat, "since": loss.since,
                    "until": loss.until,
                ])
        }
    }

    /// Takes all that is for `chat` to `new`, as Telegram does when it upgrades a group.
    ///
    /// Messages stay behind in the old chat, and its numbers mean others in the new one: so what is due is begun anew, and
    /// what is done moves when something new is put into it. Doing it again changes nothing.
    public func rename(_ chat: Int64, to new: Int64, of bot: Int64) async throws {
        guard chat != new else { return }
        try await write { database in
            // A chat that was renamed twice leads to its last id, and one that got its first id back leads nowhere.
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO telegram_renamed_chats (bot, old, new, original) VALUES (:bot, :old, :new,
                        coalesce(
                            (SELECT original FROM telegram_renamed_chats WHERE bot = :bot AND new = :old),
                            (SELECT original FROM telegram_renamed_chats WHERE bot = :bot AND old = :old), :old));
                    UPDATE telegram_renamed_chats SET new = :new WHERE bot = :bot AND new = :old;
                    DELETE FROM telegram_renamed_chats WHERE bot = :bot AND old = :new;
                    INSERT INTO telegram_holds (bot, chat, until)
                        SELECT bot, :new, until FROM telegram_holds WHERE bot = :bot AND chat = :old
                        ON CONFLICT (bot, chat) DO UPDATE SET until = max(until, excluded.until);
                    DELETE FROM telegram_holds WHERE bot = :bot AND chat = :old;
                    DELETE FROM telegram_losses WHERE bot = :bot AND chat IN (:old, :new);
                    DELETE FROM telegram_seen WHERE bot = :bot AND kind = 'chat' AND id = :old;
                    INSERT INTO telegram_cursors (bot, session, chat, topic, cursor, resume)
                        SELECT bot, session, :new, topic, cursor, resume FROM telegram_cursors
                            WHERE bot = :bot AND chat = :old
                        ON CONFLICT (bot, session, chat, topic) DO UPDATE SET
                            cursor = max(cursor, excluded.cursor), resume = max(resume, excluded.resume);
                    DELETE FROM telegram_cursors WHERE bot = :bot AND chat = :old;
                    UPDATE OR REPLACE telegram_pairings SET id = :new WHERE bot = :bot AND kind = 'chat' AND id = :old;
                    """,
                arguments: ["bot": bot, "old": chat, "new": new])
            try Self.moveDue(of: bot, in: database)
        }
    }

    /// Takes what is due in renamed chats to the new ones, as messages that are yet to be sent.
    ///
    /// What may be sent once only and has been stays as it is.
    static func moveDue(of bot: Int64, in database: GRDB.Database) throws {
        try database.execute(
            cached: """
                UPDATE telegram_slots SET shown = wanted
                WHERE bot = :bot AND is_due AND stage = 'placed' AND delivery <> 'filled'
                    AND chat IN (SELECT old FROM telegram_renamed_chats WHERE bot = :bot)
                """,
            arguments: ["bot": bot])
        try database.execute(
            cached: """
                UPDATE telegram_slots
                SET chat = renamed.new, topic = NULL, stage = 'new', shown = NULL, message_id = NULL, reply_to = NULL
                FROM telegram_renamed_chats AS renamed
                WHERE telegram_slots.bot = :bot AND is_due AND renamed.bot = :bot
                    AND renamed.old = telegram_slots.chat
                """,
            arguments: ["bot": bot])
    }
}
