import Conversation
import GRDB

/// Reads records back, putting the events together with what the other tables hold.
struct RecordReader {
    let database: GRDB.Database
    let session: SessionID

    private static let columns = """
        SELECT events.cursor, events.time, events.kind, events.detail,
            messages.id, messages.text, messages.revised, messages.author, messages.origin, messages.sender, messages.approve, messages.key,
            turns.id AS turn, turns.attempt AS turn_attempt, turns.status, turns.text AS answer, turns.said,
            turns.duration,
            turns.input_tokens, turns.output_tokens, turns.error_kind, turns.error_message, turns.runs_again,
            turns.agent AS answered_by, turns.review_rounds, turns.review_result, approvals.id AS approval, approvals.turn AS approval_turn, approvals.asked,
            approvals.request
        FROM events LEFT JOIN turns ON turns.id = events.turn LEFT JOIN messages ON messages.id = events.message
            LEFT JOIN approvals ON approvals.id = events.approval
        """

    func read(_ selection: RecordSelection) throws -> [Record] {
        switch selection {
        case .between(let first, let last):
            return try read(
                where: "events.session = ? AND cursor > ? AND cursor <= ?",
                [session.rawValue, first.rawValue, last.rawValue])
        case .first(let count, let cursor):
            return try read(
                where: "events.session = ? AND cursor > ?", [session.rawValue, cursor.rawValue], limit: count)
        case .lastTurns(let count):
            return try read(
                where: """
                    events.session = ? AND kind IN ('accepted', 'started', 'steered', 'unsteered', 'finished')
                    AND cursor >= coalesce((
                        SELECT min(id) FROM (
                            SELECT id FROM turns WHERE session = events.session AND id > (
                                SELECT renewed FROM sessions WHERE sessions.id = events.session)
                            ORDER BY id DESC LIMIT ?)), 9223372036854775807)
                    """,
                [session.rawValue, count])
        }
    }

    /// The actions, approvals and stages of a turn, and whether it is to end.
    func read(turn: Turn.ID) throws -> [Record] {
        try read(where: "events.turn = ? AND kind IN ('action', 'approval', 'stage', 'stopping')", [turn.rawValue])
    }

    private func read(
        where condition: String, _ arguments: StatementArguments, limit: Int? = nil
    ) throws -> [Record] {
        let end = limit.map { " LIMIT \($0)" } ?? ""
        return try Row.fetchAll(
            database, sql: "\(Self.columns) WHERE \(condition) ORDER BY cursor\(end)", arguments: arguments
        ).compactMap(record)
    }

    /// The record in `row`; nil for a kind of a version that is gone.
    private func record(_ row: Row) throws -> Record? {
        guard let event = try event(row) else { return nil }
        return Record(
            cursor: Cursor(rawValue: row["cursor"]), session: session,
            time: Timestamp(millisecondsSince1970: row["time"]), event: event)
    }

    private func event(_ row: Row) throws -> Event? {
        let detail: String = row["detail"] ?? "{}"
        switch row["kind"] as String {
        case "accepted":
            return .accepted(Message.ID(rawValue: row["id"]), Message(row))
        case "revised":
            let text = try EventDetail.decode(RevisionDetail.self, detail).text
            return .revised(Message.ID(rawValue: row["id"]), text)
        case "dropped":
            return .dropped(try EventDetail.decode([Int64].self, detail).map(Message.ID.init(rawValue:)))
        case "started":
            return .started(Turn(row))
        case "action":
            return .action(Turn.ID(rawValue: row["turn"]), try EventDetail.decode(ActionDetail.self, detail).action)
        case "stage":
            let report = try EventDetail.decode(StageDetail.self, detail).report
            return report.map { .stage(Turn.ID(rawValue: row["turn"]), $0) }
        case "approval":
            let approval = try Approval(row, answer: row["detail"]) ?? .ofVersion1(row, detail)
            return .approval(approval.turn, approval)
        case "steered":
            return .steered(Turn.ID(rawValue: row["turn"]), Message.ID(rawValue: row["id"]))
        case "unsteered":
            return .unsteered(Turn.ID(rawValue: row["turn"]), Message.ID(rawValue: row["id"]))
        case "stopping":
            let end = try (row["detail"] as String?).map { try EventDetail.decode(EndDetail.self, $0) }
            return .stopping(Turn.ID(rawValue: row["turn"]), by: end?.stoppedBy)
        case "finished":
            return .finished(Turn.ID(rawValue: row["turn"]), try Outcome(row))
        case "changed":
            return try EventDetail.decode(ChangeDetail.self, detail).change.map(Event.changed)
        case "shared":
            return .shared(try EventDetail.decode(SharedDetail.self, detail).file)
        default:
            return nil
        }
    }
}

extension Message {
    /// The message as it is answered, with the text that it was given last.
    init(revised row: Row) {
        self.init(row)
        text = row["revised"] ?? text
    }

    /// The message as it was accepted.
    init(_ row: Row) {
        self.init(
            text: row["text"], author: row["author"], origin: Origin(rawValue: row["origin"]) ?? .system,
            sender: row["sender"])
        approvals = ApprovalRule(rawValue: row["approve"]) ?? .none
        key = row["key"]
    }
}

extension Turn {
    init(_ row: Row) {
        let waited = SessionState.Waiting(
            id: Message.ID(rawValue: row["id"]), message: Message(revised: row), attempt: row["turn_attempt"])
        self.init(id: ID(rawValue: row["turn"]), waited)
    }
}

extension Review {
    init?(_ row: Row) {
        guard let result = (row["review_result"] as String?).flatMap(Result.init(rawValue:)) else { return nil }
        self.init(rounds: row["review_rounds"], result: result)
    }
}

extension Outcome {
    /// The end of a turn, where `detail` is that of its event.
    init(_ row: Row) throws {
        let detail = try (row["detail"] as String?).map { try EventDetail.decode(EndDetail.self, $0) }
        let kind = (row["error_kind"] as String?).map { TurnError.Kind(rawValue: $0) ?? .internal }
        self.init(
            status: Status(rawValue: row["status"] ?? "") ?? .error, text: row["answer"], durationMs: row["duration"],
            usage: Usage(inputTokens: row["input_tokens"], outputTokens: row["output_tokens"]),
            error: kind.map { TurnError(kind: $0, message: row["error_message"] ?? "") },
            runsAgain: row["runs_again"], agent: row["answered_by"], review: Review(row), said: row["said"],
            stoppedBy: detail?.stoppedBy)
        isSpared = row["runs_again"] == 2
    }
}
