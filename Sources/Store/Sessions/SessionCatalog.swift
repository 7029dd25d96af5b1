public import Conversation
import GRDB

/// A session in a list.
public struct SessionListing: Hashable, Sendable {
    /// Which session it is.
    public var id: SessionID
    /// How messages are worked on; nil for the usual way.
    public var mode: Mode?
    /// The name of the profile; nil for the default one.
    public var profile: String?
    /// The choice of agent.
    public var agent: AgentChoice
    /// How many turns it had, also before the conversation began anew.
    public var turns: Int
    /// When the first of it was recorded.
    public var created: Timestamp
    /// When something was last recorded.
    public var updated: Timestamp
    /// Whether a turn is under way, or was when its core crashed.
    public var isRunning: Bool
    /// How many messages wait.
    public var waiting: Int
}

/// The sessions of a workspace as a whole.
public struct SessionCatalog: Sendable {
    private let queue: DatabaseQueue

    /// The sessions in `database`.
    public init(_ database: Database) { queue = database.queue }

    /// All sessions, the one with the latest activity first.
    public func sessions() async throws -> [SessionListing] {
        try await queue.read { database in
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
    }

    /// Forgets a session and all that was said in it.
    ///
    /// For who holds the workspace: no core may know the session. Its place in the order of everything stays taken.
    public func delete(_ session: SessionID) async throws {
        try await queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO deletions SELECT cursor FROM events WHERE session = ? ORDER BY cursor DESC LIMIT 1
                    """,
                arguments: [session.rawValue])
            try database.execute(sql: "DELETE FROM sessions WHERE id = ?", arguments: [session.rawValue])
        }
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
