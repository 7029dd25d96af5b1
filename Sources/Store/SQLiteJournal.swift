public import Conversation
import GRDB

// GRDB has types of these names, too.
typealias Record = Conversation.Record
typealias Cursor = Conversation.Cursor

/// The journal of the conversation core in SQLite.
///
/// One transaction writes an event and what it changes in the tables of sessions, messages and turns.
public struct SQLiteJournal: Journal {
    private let queue: DatabaseQueue
    private let disk: DiskSync

    /// A journal in `database`.
    public init(_ database: Database) { (queue, disk) = (database.queue, database.disk) }

    /// Writes `records` in one transaction; throws what the database says.
    public func commit(_ records: [Conversation.Record]) async throws {
        try await queue.write { database in
            for record in records { try RecordWriter(database: database, record: record).write() }
        }
        disk.begin()
    }

    /// Returns when all that was committed before is on disk.
    public func sync() async throws { try await disk.sync() }

    /// The last cursor, and the sessions with waiting messages, an open turn or an open approval.
    public func unfinished() async throws -> (last: Conversation.Cursor, sessions: [SessionID]) {
        try await queue.read { database in
            let last = try Int64.fetchOne(
                database, sql: "SELECT max(cursor) FROM (SELECT cursor FROM events UNION SELECT cursor FROM deletions)")
            let sessions = try String.fetchAll(
                database,
                sql: """
                    SELECT session FROM messages WHERE state = 'waiting'
                    UNION SELECT session FROM turns WHERE status IS NULL
                    UNION SELECT session FROM approvals WHERE status = 'asked'
                    """)
            return (Cursor(rawValue: last ?? 0), sessions.map(SessionID.init(rawValue:)))
        }
    }

    /// Where `session` stands, folded from its rows.
    public func state(of session: SessionID) async throws -> SessionState? {
        try await queue.read { try StateReader(database: $0, session: session).read() }
    }

    /// The last record of `session`.
    public func last(of session: SessionID) async throws -> Conversation.Cursor {
        let last = try await queue.read { database in
            try Int64.fetchOne(
                database, sql: "SELECT max(cursor) FROM events WHERE session = ?", arguments: [session.rawValue])
        }
        return last.map(Cursor.init(rawValue:)) ?? .start
    }

    /// All sessions, the one with the latest activity first.
    public func sessions() async throws -> [SessionListing] {
        try await queue.read { try SessionCatalog.sessions(in: $0) }
    }

    /// Forgets a session and all that was said in it; that takes the next place in the order of everything.
    public func delete(_ session: SessionID) async throws {
        try await queue.write { try SessionCatalog.delete(session, in: $0) }
        try await disk.sync()
    }

    /// The place of the last deletion of `session`.
    public func deletion(of session: SessionID) async throws -> Conversation.Cursor? {
        try await queue.read { database in
            try Int64.fetchOne(
                database, sql: "SELECT max(cursor) FROM deletions WHERE session = ?", arguments: [session.rawValue])
        }.map(Cursor.init(rawValue:))
    }

    /// The records that `selection` asks for, put together from the tables.
    public func records(of session: SessionID, _ selection: RecordSelection) async throws -> [Conversation.Record] {
        try await queue.read { try RecordReader(database: $0, session: session).read(selection) }
    }

    /// What was used, added up by the database.
    public func usage(in scope: UsageScope, by grouping: UsageGrouping) async throws -> [UsagePart] {
        try await queue.read { try UsageReader(database: $0, scope: scope).read(by: grouping) }
    }
}
