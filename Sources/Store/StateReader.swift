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
            id: session, mode: Mode(rawValue: row["mode"]), profile: Self.chosen(row["profile"]),
            agent: AgentChoice(row["agent"]),
            threads: try threads(), waiting: try waiting(), running: try running(),
            last: try last(after: row["renewed"]), approvals: try approvals(where: "status = 'asked'"),
            grants: try approvals(where: "is_grant"),
            allowances: Set(try approvals(where: "for_session").map(\.request.permission)), keys: try keys())
    }

    private func approvals(where condition: String) throws -> [Approval] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT id AS approval, turn AS approval_turn, asked, request, answer FROM approvals
                WHERE session = ? AND \(condition) ORDER BY id
                """,
            arguments: [session.rawValue]
        ).compactMap { try Approval($0, answer: $0["answer"]) }
    }

    private func keys() throws -> RecentKeys {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT id, key FROM messages WHERE session = ? AND key IS NOT NULL ORDER BY id DESC LIMIT ?",
            arguments: [session.rawValue, RecentKeys.limit])
        return rows.reversed().reduce(into: RecentKeys()) { $0.add($1["key"], Message.ID(rawValue: $1["id"])) }
    }

    private static func chosen(_ name: String) -> String? { name.isEmpty ? nil : name }

    private func threads() throws -> [ThreadKey: String] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT profile, agent, thread FROM threads WHERE session = ?",
            arguments: [session.rawValue])
        return Dictionary(
            uniqueKeysWithValues: rows.map { (ThreadKey(profile: $0["profile"], agent: $0["agent"]), $0["thread"]) })
    }

    private func waiting() throws -> [SessionState.Waiting] {
        try messages("SELECT * FROM messages WHERE session = ? AND state = 'waiting' ORDER BY id", session.rawValue)
    }

    private func steered(into turn: Turn.ID) throws -> [SessionState.Waiting] {
        try messages(
            """
            SELECT messages.* FROM events JOIN messages ON messages.id = events.message
            WHERE events.turn = ? AND kind = 'steered' AND state = 'steered' ORDER BY cursor
            """, turn.rawValue)
    }

    private func messages(_ sql: String, _ argument: some DatabaseValueConvertible) throws -> [SessionState.Waiting] {
        try Row.fetchAll(database, sql: sql, arguments: [argument]).map { row in
            SessionState.Waiting(
                id: Message.ID(rawValue: row["id"]), message: Message(revised: row), attempt: row["attempt"],
                progress: row["attempt"] == 1 ? [] : try progress(of: row["id"]),
                spared: row["attempt"] == 1 ? 0 : try spared(of: row["id"]))
        }
    }

    /// How many turns for `message` were cut off in good order.
    private func spared(of message: Int64) throws -> Int {
        let count = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM turns WHERE session = ? AND message = ? AND runs_again = 2",
            arguments: [session.rawValue, message])
        return count ?? 0
    }

    /// What the stages of the turns for `message` before `turn` came to, each of which went on where the one before it was
    /// cut off.
    private func progress(of message: Int64, before turn: Int64 = .max) throws -> [StageReport] {
        let turns = try Int64.fetchAll(
            database, sql: "SELECT id FROM turns WHERE session = ? AND message = ? AND id < ? ORDER BY id",
            arguments: [session.rawValue, message, turn])
        let reader = RecordReader(database: database, session: session)
        return try turns.flatMap { try reader.read(turn: Turn.ID(rawValue: $0)) }
            .compactMap { if case .stage(_, let report) = $0.event { report } else { nil } }
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
        var turn = Turn(row)
        if turn.attempt > 1 {
            turn.progress = try progress(of: turn.message.rawValue, before: turn.id.rawValue)
            turn.spared = try spared(of: turn.message.rawValue)
        }
        var running = RunningTurn(turn: turn, startedAt: started)
        for record in try RecordReader(database: database, session: session).read(turn: running.turn.id) {
            running.apply(record)
        }
        running.steered = try steered(into: running.turn.id)
        return running
    }

    private func last(after renewed: Int64) throws -> Outcome? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT turns.*, turns.text AS answer, turns.agent AS answered_by, (
                    SELECT detail FROM events WHERE events.turn = turns.id AND kind = 'finished') AS detail FROM turns
                WHERE session = ? AND id > ? AND status IS NOT NULL ORDER BY id DESC LIMIT 1
                """,
            arguments: [session.rawValue, renewed]
        ).map(Outcome.init)
    }
}
