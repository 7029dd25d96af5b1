import Conversation
import GRDB

extension TelegramTables {
    /// How long it is known what a message showed.
    static let slotAge = 30 * day

    /// Puts messages into the order of their chats, together with the events that they come from; returns them as they
    /// are kept now.
    ///
    /// Of a message that is there already only what it should show and its priority change, and whose it is if that was not
    /// known; what was withdrawn is as before that. A cursor never goes back.
    /// What is for a chat that has been renamed gets to the new one.
    @discardableResult
    public func put(_ slots: [SlotRow], upTo cursor: CursorRow? = nil, of bot: Int64) async throws -> [SlotRow] {
        let time = now()
        return try await write { database in
            try Self.prune(before: time - Self.slotAge, of: bot, in: database)
            for slot in slots { try Self.put(slot, of: bot, at: time, in: database) }
            if let cursor { try Self.put(cursor, of: bot, in: database) }
            try Self.moveDue(of: bot, in: database)
            return try slots.compactMap { try Self.slot($0.key, of: bot, in: database) }
        }
    }

    /// The messages of `bot` that are due, by chat and place, and the chats that nothing may be sent to before a moment
    /// in milliseconds since 1970, and those that cannot be written to.
    ///
    /// Behind them stand those that may be sent once only and were begun, of which nobody knows what became.
    public func due(of bot: Int64) async throws -> (
        slots: [SlotRow], holds: [Int64: Int64], losses: [Int64: LossRow]
    ) {
        try await read { database in
            let slots = try Row.fetchAll(
                database, sql: "SELECT * FROM telegram_slots WHERE bot = ? AND is_due ORDER BY chat, place",
                arguments: [bot])
            let holds = try Row.fetchAll(
                database, sql: "SELECT chat, until FROM telegram_holds WHERE bot = ?", arguments: [bot])
            let begun = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM telegram_slots WHERE bot = ? AND stage = 'begun' AND delivery = 'once' ORDER BY place
                    """,
                arguments: [bot])
            let losses = try Row.fetchAll(
                database, sql: "SELECT chat, since, until FROM telegram_losses WHERE bot = ?", arguments: [bot])
            return (
                (slots + begun).map(SlotRow.init),
                Dictionary(uniqueKeysWithValues: holds.map { ($0["chat"], $0["until"]) }),
                Dictionary(
                    uniqueKeysWithValues: losses.map { ($0["chat"], LossRow(since: $0["since"], until: $0["until"])) })
            )
        }
    }

    /// Whether a message with this key is kept.
    public func keeps(_ key: String, of bot: Int64) async throws -> Bool {
        try await read { try Self.slot(key, of: bot, in: $0) != nil }
    }

    /// The key of the message with this number in `chat`; nil for none.
    public func key(of message: Int64, in chat: Int64, bot: Int64) async throws -> String? {
        try await read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT key FROM telegram_slots WHERE bot = ? AND chat = ? AND stage = 'placed' AND message_id = ?
                    """,
                arguments: [bot, chat, message])
        }
    }

    /// The chat and the number in it of the message with this key; nil when it is not there.
    public func place(of key: String, bot: Int64) async throws -> (chat: Int64, number: Int64)? {
        let slot = try await read { try Self.slot(key, of: bot, in: $0) }
        return slot.flatMap { slot in slot.stage.message.map { (slot.chat, $0) } }
    }

    /// Notes how far a message has come, and what it shows.
    ///
    /// One that is not there is left alone.
    public func note(_ stage: SlotRow.Stage, shown: String?, of key: String, bot: Int64) async throws {
        let time = now()
        try await write { database in
            try database.execute(
                cached: """
                    UPDATE telegram_slots SET stage = ?, shown = ?, reason = ?, updated_at = ?,
                        message_id = CASE ? WHEN 'new' THEN NULL ELSE coalesce(?, message_id) END
                    WHERE bot = ? AND key = ?
                    """,
                arguments: [stage.name, shown, stage.reason, time, stage.name, stage.message, bot, key])
        }
    }

    static func slot(_ key: String, of bot: Int64, in database: GRDB.Database) throws -> SlotRow? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM telegram_slots WHERE bot = ? AND key = ?")
        return try Row.fetchOne(statement, arguments: [bot, key]).map(SlotRow.init)
    }

    /// Forgets what was and should be written of a session; what was sent stays in the chats.
    static func forget(_ session: SessionID, in database: GRDB.Database) throws {
        for table in ["telegram_slots", "telegram_cursors"] {
            try database.execute(cached: "DELETE FROM \(table) WHERE session = ?", arguments: [session.rawValue])
        }
    }

    static func put(_ slot: SlotRow, of bot: Int64, at time: Int64, in database: GRDB.Database) throws {
        try database.execute(
            cached: """
                UPDATE telegram_slots
                SET stage = CASE WHEN message_id IS NULL THEN 'new' ELSE 'placed' END, reason = NULL
                WHERE bot = ? AND key = ? AND stage = 'failed' AND reason = ?
                """,
            arguments: [bot, slot.key, SlotRow.Stage.withdrawal])
        try database.execute(
            cached: """
                INSERT INTO telegram_slots (
                    bot, key, chat, topic, delivery, priority, wanted, shown, stage, message_id, reason, is_loud,
                    reply_to, session, updated_at
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (bot, key) DO UPDATE SET
                    wanted = excluded.wanted, priority = excluded.priority,
                    session = coalesce(session, excluded.session), updated_at = excluded.updated_at
                WHERE wanted <> excluded.wanted OR priority <> excluded.priority
                    OR (session IS NULL AND excluded.session IS NOT NULL)
                """,
            arguments: [
                bot, slot.key, slot.chat, slot.topic, slot.delivery.rawValue, slot.priority, slot.wanted, slot.shown,
                slot.stage.name, slot.stage.message, slot.stage.reason, slot.isLoud, slot.replyTo,
                slot.session?.rawValue, time,
            ])
    }

    /// Forgets what is done, but not the last message of a chat, which may still be changed.
    private static func prune(before time: Int64, of bot: Int64, in database: GRDB.Database) throws {
        try database.execute(
            cached: """
                DELETE FROM telegram_slots WHERE bot = ? AND NOT is_due AND updated_at < ? AND (
                    stage <> 'placed' OR place < (
                        SELECT max(place) FROM telegram_slots AS placed
                        WHERE placed.bot = telegram_slots.bot AND placed.chat = telegram_slots.chat
                            AND placed.topic IS telegram_slots.topic AND stage = 'placed'))
                """,
            arguments: [bot, time])
    }
}
