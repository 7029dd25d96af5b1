import Conversation
import GRDB

extension TelegramTables {
    private static let attached = "attached/"

    /// The sessions of the chats that are not in their own.
    public func attachments(of bot: Int64) async throws -> [AttachmentRow] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT name, value FROM telegram_values WHERE bot = ? AND name LIKE ? || '%' ORDER BY name",
                arguments: [bot, Self.attached]
            ).compactMap { row in
                let name: String = row["name"]
                let numbers = name.dropFirst(Self.attached.count).split(separator: "/").compactMap { Int64($0) }
                guard numbers.count == 2 else { return nil }
                return AttachmentRow(
                    chat: numbers[0], topic: numbers[1] == 0 ? nil : numbers[1],
                    session: SessionID(rawValue: row["value"]))
            }
        }
    }

    /// Has the chat of `cursor` be in its session from now on, and keeps `slots`; returns them as they are kept.
    ///
    /// Where a cursor is kept for that session there, it stays. `isOwn` says that it is the chat's own session. Of `left`, in
    /// which the chat was, what is awaited is kept where a cursor is.
    public func attach(
        _ cursor: CursorRow, isOwn: Bool, leaving left: CursorRow? = nil, telling slots: [SlotRow], of bot: Int64
    ) async throws -> [SlotRow] {
        let time = now()
        return try await write { database in
            try Self.keep(isOwn ? nil : cursor.session.rawValue, as: Self.name(of: cursor), of: bot, in: database)
            try Self.begin(cursor, of: bot, in: database)
            if let left {
                try database.execute(
                    sql: """
                        UPDATE telegram_cursors SET awaited = max(awaited, ?)
                        WHERE bot = ? AND session = ? AND chat = ? AND topic = ?
                        """,
                    arguments: [left.awaited.rawValue, bot, left.session.rawValue, left.chat, left.topic ?? 0])
            }
            return try Self.keep(slots, of: bot, at: time, in: database)
        }
    }

    /// The messages that are kept under keys that begin with `prefix`, in their order.
    public func slots(under prefix: String, of bot: Int64) async throws -> [SlotRow] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM telegram_slots WHERE bot = ? AND key >= ? AND key < ? ORDER BY place",
                // Behind all keys that begin so.
                arguments: [bot, prefix, prefix + "\u{10FFFF}"]
            ).map(SlotRow.init)
        }
    }

    /// Has the session of `cursor` no longer be shown in its chat, and keeps `slots`; returns them as they are kept.
    ///
    /// Does nothing, and returns nothing, when the chat is in that session, unless it `isBarred` there. `isOwn` says that it
    /// is the chat's own one.
    public func leave(
        _ cursor: CursorRow, isOwn: Bool, isBarred: Bool = false, telling slots: [SlotRow], of bot: Int64
    ) async throws -> [SlotRow] {
        let time = now()
        return try await write { database in
            let attached = try Self.value(Self.name(of: cursor), of: bot, in: database)
            guard isBarred || attached.map({ $0 != cursor.session.rawValue }) ?? !isOwn else { return [] }
            try database.execute(
                sql: "DELETE FROM telegram_cursors WHERE bot = ? AND session = ? AND chat = ? AND topic = ?",
                arguments: [bot, cursor.session.rawValue, cursor.chat, cursor.topic ?? 0])
            return try Self.keep(slots, of: bot, at: time, in: database)
        }
    }

    private static func name(of cursor: CursorRow) -> String { "\(attached)\(cursor.chat)/\(cursor.topic ?? 0)" }

    private static func keep(
        _ slots: [SlotRow], of bot: Int64, at time: Int64, in database: GRDB.Database
    ) throws -> [SlotRow] {
        for slot in slots { try put(slot, of: bot, at: time, in: database) }
        return try slots.compactMap { try slot($0.key, of: bot, in: database) }
    }
}
