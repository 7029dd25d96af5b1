import Conversation
import GRDB

/// Reads where a session stands.
struct StateReader {
    let database: GRDB.Database
    let session: SessionID

    /// The state, or nil when the session has no record.
    func read() throws -> SessionState? {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM sessions WHERE id = ?", arguments: [session.rawValue])
        guard let row else { return nil }
        return SessionState(
            id: session, mode: Mode(rawValue: row["mode"]) ?? .initial, agent: AgentChoice(row["agent"]),
            threads: try threads(), waiting: try waiting(), running: try running(),
            last: try last(after: row["renewed"]))
    }

    private func threads() throws -> [String: String] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT agent, thread FROM threads WHERE session = ?", arguments: [session.rawValue])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["agent"], $0["thread"]) })
    }

    private func waiting() throws -> [SessionState.Waiting] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM messages WHERE session = ? AND state = 'waiting' ORDER BY id",
            arguments: [session.rawValue]
        ).map { row in
            SessionState.Waiting(
                id: Message.ID(rawValue: row["id"]), message: Message(row), attempt: row["attempt"])
        }
    }

    private func running() throws -> RunningTurn? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT messages.*, turns.id AS turn, turns.attempt AS turn_attempt, turns.started FROM turns
                JOIN messages ON messages.id = turns.message WHERE turns.session = ? AND status IS NULL
                """,
            arguments: [session.rawValue])
        guard let row else { return nil }
        let started = Timestamp(millisecondsSince1970: row["started"])
        var running = RunningTurn(turn: Turn(row), startedAt: started)
        for record in try RecordReader(database: database, session: session).read(turn: running.turn.id) {
            running.lastEventAt = record.time
            switch record.event {
            case .action(_, let action): running.apply(action)
            case .approval: running.hasActed = true
            case .accepted, .dropped, .started, .delta, .finished, .changed, .notice: break
            }
        }
        return running
    }

    private func last(after renewed: Int64) throws -> Outcome? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT turns.*, turns.text AS answer, turns.agent AS answered_by FROM turns
                WHERE session = ? AND id > ? AND status IS NOT NULL ORDER BY id DESC LIMIT 1
                """,
            arguments: [session.rawValue, renewed]
        ).map(Outcome.init)
    }
}
