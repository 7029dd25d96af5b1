public import Conversation
import GRDB

/// The notifications of a workspace in SQLite.
///
/// Each method is one transaction, on disk when it returns. Cancellation does not cut a write short: what was told has to
/// be noted.
public struct NotificationTables: NotificationLedger {
    /// How long a notification is known that somebody was told, in milliseconds.
    static let age: Int64 = 7 * TelegramTables.day

    private let queue: DatabaseQueue
    private let disk: DiskSync

    /// The tables in `database`.
    public init(_ database: Database) { (queue, disk) = (database.queue, database.disk) }

    /// Keeps `announcement`, or counts it where it repeats one, and returns it as it is kept then.
    public func keep(_ announcement: Announcement, at time: Timestamp) async throws -> KeptAnnouncement {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM notifications WHERE is_told AND last_at < ?",
                arguments: [time.millisecondsSince1970 - Self.age])
            let change = try Self.value("change", in: database) + 1
            try Self.put("change", change, in: database)
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM notifications WHERE key = ? ORDER BY id DESC LIMIT 1",
                arguments: [announcement.key])
            if var kept = row.map(KeptAnnouncement.init), kept.isRepeated(by: announcement, at: time) {
                kept.count(announcement, at: time, change: change)
                try Self.update(kept, in: database)
                return kept
            }
            let kept = try Self.insert(announcement, at: time, change: change, in: database)
            try Self.dropSurplus(in: database)
            return kept
        }
    }

    /// What waits, oldest first, and whether people want to be left alone.
    public func standing() async throws -> NotificationStanding {
        try await queue.read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM notifications WHERE NOT is_told ORDER BY id")
            let quiet = try Self.quiet(in: database)
            return NotificationStanding(
                waiting: rows.map(KeptAnnouncement.init), dropped: Int(try Self.value("dropped", in: database)),
                quietUntil: quiet)
        }
    }

    /// Notes that somebody was told of these, and of how many were `dropped`.
    public func noteTold(_ ids: [KeptAnnouncement.ID], dropped: Int) async throws {
        try await write { try Self.noteTold(ids, dropped: dropped, in: $0) }
    }

    /// Holds back all but the urgent until `time`; nil ends it.
    public func keepQuiet(until time: Timestamp?) async throws {
        try await write { try Self.put("quiet", time?.millisecondsSince1970 ?? 0, in: $0) }
    }

    // MARK: Within a transaction

    static func noteTold(_ ids: [Int64], dropped: Int, in database: GRDB.Database) throws {
        for id in ids {
            try database.execute(sql: "UPDATE notifications SET is_told = 1 WHERE id = ?", arguments: [id])
        }
        guard dropped > 0 else { return }
        try put("dropped", max(0, try value("dropped", in: database) - Int64(dropped)), in: database)
    }

    static func quiet(in database: GRDB.Database) throws -> Timestamp? {
        let moment = try value("quiet", in: database)
        return moment == 0 ? nil : Timestamp(millisecondsSince1970: moment)
    }

    static func value(_ name: String, in database: GRDB.Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT value FROM notification_values WHERE name = ?", arguments: [name])
            ?? 0
    }

    /// Forgets what was told of a session; what was sent stays in the chats.
    static func forget(_ session: SessionID, in database: GRDB.Database) throws {
        try database.execute(sql: "DELETE FROM notifications WHERE session = ?", arguments: [session.rawValue])
    }

    private static func put(_ name: String, _ value: Int64, in database: GRDB.Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO notification_values (name, value) VALUES (?, ?)", arguments: [name, value])
    }

    private static func update(_ kept: KeptAnnouncement, in database: GRDB.Database) throws {
        try database.execute(
            sql: "UPDATE notifications SET text = ?, count = ?, last_at = ?, change = ? WHERE id = ?",
            arguments: [
                kept.announcement.text, kept.count, kept.lastAt.millisecondsSince1970, kept.change, kept.id,
            ])
    }

    private static func insert(
        _ announcement: Announcement, at time: Timestamp, change: Int64, in database: GRDB.Database
    ) throws -> KeptAnnouncement {
        try database.execute(
            sql: """
                INSERT INTO notifications (
                    key, priority, category, session, is_told_in_session, text, first_at, last_at, change
                ) VALUES (?, ?, ?, ?, ?, ?, ?7, ?7, ?8)
                """,
            arguments: [
                announcement.key, announcement.priority.rawValue, announcement.category,
                announcement.session?.rawValue, announcement.isToldInSession, announcement.text,
                time.millisecondsSince1970, change,
            ])
        return KeptAnnouncement(
            id: database.lastInsertedRowID, change: change, announcement, firstAt: time, lastAt: time)
    }

    /// Drops the oldest of the lowest priority where too many wait, and counts them.
    private static func dropSurplus(in database: GRDB.Database) throws {
        let count =
            try Int.fetchOne(database, sql: "SELECT count(*) FROM notifications WHERE NOT is_told") ?? 0
        let surplus = count - NotificationStanding.mostWaiting
        guard surplus > 0 else { return }
        try database.execute(
            sql: """
                DELETE FROM notifications WHERE id IN (
                    SELECT id FROM notifications WHERE NOT is_told ORDER BY priority DESC, id LIMIT ?)
                """,
            arguments: [surplus])
        try put("dropped", try value("dropped", in: database) + Int64(surplus), in: database)
    }

    private func write<Value: Sendable>(
        _ body: @escaping @Sendable (GRDB.Database) throws -> Value
    ) async throws -> Value {
        let value = try await queue.writeWhole(body)
        try await disk.sync()
        return value
    }
}

extension KeptAnnouncement {
    init(_ row: Row) {
        var announcement = Announcement(
            Announcement.Priority(rawValue: row["priority"]) ?? .info, key: row["key"], row["text"],
            of: row["category"], session: (row["session"] as String?).map(SessionID.init(rawValue:)))
        announcement.isToldInSession = row["is_told_in_session"]
        self.init(
            id: row["id"], change: row["change"], announcement, count: row["count"],
            firstAt: Timestamp(millisecondsSince1970: row["first_at"]),
            lastAt: Timestamp(millisecondsSince1970: row["last_at"]), isTold: row["is_told"])
    }
}
