public import Conversation
import GRDB

/// The sessions of a workspace as a whole.
public struct SessionCatalog: Sendable {
    private let queue: DatabaseQueue

    /// The sessions in `database`.
    public init(_ database: Database) { queue = database.queue }

    /// All sessions, the one with the latest activity first.
    public func sessions() async throws -> [SessionListing] { try await queue.read { try Self.sessions(in: $0) } }

    static func sessions(in database: GRDB.Database) throws -> [SessionListing] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT *,
                    (SELECT count(*) FROM turns WHERE session = sessions.id AND NOT runs_again) AS turns,
                    EXISTS (SELECT 1 FROM turns WHERE session = sessions.id AND status IS NULL) AS running,
                    (SELECT count(*) FROM messages WHERE session = sessions.id AND state = 'waiting') AS waiting
                FROM sessions ORDER BY updated DESC, id
                """
        ).map(SessionListing.init)
    }

    /// Forgets a session and all that was said in it.
    ///
    /// For who holds the workspace: no core may know the session. Takes the next place in the order of everything.
    public func delete(_ session: SessionID) async throws {
        try await queue.write { try Self.delete(session, in: $0) }
    }

    static func delete(_ session: SessionID, in database: GRDB.Database) throws {
        try database.execute(
            sql: """
                INSERT INTO deletions (cursor, session)
                    SELECT last + 1, ?1 FROM (
                        SELECT max(cursor) AS last FROM (
                            SELECT max(cursor) AS cursor FROM events UNION ALL SELECT max(cursor) FROM deletions))
                    WHERE EXISTS (SELECT 1 FROM events WHERE session = ?1)
                """, arguments: [session.rawValue])
        // Whoever has not read of an earlier one has not read of this one, either.
        try database.execute(
            sql: """
                DELETE FROM deletions WHERE session = ?1
                    AND cursor < (SELECT max(cursor) FROM deletions WHERE session = ?1)
                """, arguments: [session.rawValue])
        try database.execute(sql: "DELETE FROM sessions WHERE id = ?", arguments: [session.rawValue])
        try TelegramTables.forget(session, in: database)
        try NotificationTables.forget(session, in: database)
    }
}

extension SessionListing {
    fileprivate init(_ row: Row) {
        let profile: String = row["profile"]
        self.init(
            id: SessionID(rawValue: row["id"]), mode: Mode(rawValue: row["mode"]),
            profile: profile.isEmpty ? nil : profile, agent: AgentChoice(row["agent"]), turns: row["turns"],
            created: Timestamp(millisecondsSince1970: row["created"]),
            updated: Timestamp(millisecondsSince1970: row["updated"]), isRunning: row["running"],
            waiting: row["waiting"])
    }
}
