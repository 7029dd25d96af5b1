import Conversation
import GRDB

/// Writes one record: its row among the events, and what it changes elsewhere.
struct RecordWriter {
    let database: GRDB.Database
    let record: Record

    private var session: String { record.session.rawValue }
    private var time: Int64 { record.time.millisecondsSince1970 }

    func write() throws {
        try database.execute(
            cached: """
                INSERT INTO sessions (id, mode, agent, created, updated) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET updated = excluded.updated
                """,
            arguments: [session, "", AgentChoice.auto.description, time, time])
        switch record.event {
        case .accepted(let id, let message):
            try insert(message, id)
            try insertEvent("accepted", message: id)
        case .revised(let id, let text):
            try database.execute(
                cached: "UPDATE messages SET revised = ? WHERE id = ?", arguments: [text.storable, id.rawValue])
            try insertEvent("revised", message: id, detail: try EventDetail.encode(RevisionDetail(text: text.storable)))
        case .dropped(let ids):
            for id in ids {
                try setState("dropped", of: id)
                try endGrants(of: id)
            }
            try insertEvent("dropped", detail: try EventDetail.encode(ids.map { $0.rawValue }))
        case .started(let turn):
            try insert(turn)
            try insertEvent("started", turn: turn.id, message: turn.message)
        case .steered(let turn, let message):
            try setState("steered", of: message)
            try insertEvent("steered", turn: turn, message: message)
        case .unsteered(let turn, let message):
            try setState("waiting", of: message)
            try insertEvent("unsteered", turn: turn, message: message)
        case .stopping(let turn, let by):
            let detail = try by.map { try EventDetail.encode(EndDetail(stoppedBy: $0)) }
            try insertEvent("stopping", turn: turn, detail: detail)
        case .action(let turn, let action):
            try insertEvent("action", turn: turn, detail: try EventDetail.encode(ActionDetail(action)))
        case .approval(let turn, let approval):
            try write(approval)
            let answer = try approval.answer.map { try EventDetail.encode(AnswerDetail($0)) }
            try insertEvent("approval", turn: turn, approval: approval.id, detail: answer)
        case .stage(let turn, let report):
            try insertEvent("stage", turn: turn, detail: try EventDetail.encode(StageDetail(report)))
            if report.role == .developer { try settle(turn, as: "taken") }
            try Uses.take(.stage, of: record.cursor, in: database)
        case .finished(let turn, let outcome):
            try finish(turn, outcome)
            let detail = try outcome.stoppedBy.map { try EventDetail.encode(EndDetail(stoppedBy: $0)) }
            try insertEvent("finished", turn: turn, detail: detail)
            try Uses.take(.end, of: record.cursor, in: database)
        case .changed(let change):
            try apply(change)
            try insertEvent("changed", detail: try EventDetail.encode(ChangeDetail(change)))
        case .shared(let file):
            try insertEvent("shared", detail: try EventDetail.encode(SharedDetail(file)))
        case .delta, .notice, .deleted:
            break  // passing events are never handed to a journal
        }
    }

    private func insertEvent(
        _ kind: String, turn: Turn.ID? = nil, message: Message.ID? = nil, approval: Approval.ID? = nil,
        detail: String? = nil
    ) throws {
        try database.execute(
            cached: """
                INSERT INTO events (cursor, session, time, kind, turn, message, approval, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.cursor.rawValue, session, time, kind, turn?.rawValue, message?.rawValue, approval?.rawValue,
                detail,
            ])
    }

    private func setState(_ state: String, of message: Message.ID) throws {
        try database.execute(
            cached: "UPDATE messages SET state = ? WHERE id = ?", arguments: [state, message.rawValue])
    }

    private func insert(_ message: Message, _ id: Message.ID) throws {
        try database.execute(
            cached: """
                INSERT INTO messages (id, session, text, author, origin, sender, approve, key, state, attempt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 1)
                """,
            arguments: [
                id.rawValue, session, message.text.storable, message.author, message.origin.rawValue, message.sender,
                message.approvals.rawValue, message.key,
            ])
    }

    private func insert(_ turn: Turn) throws {
        try database.execute(
            cached: "INSERT INTO turns (id, session, message, attempt, started) VALUES (?, ?, ?, ?, ?)",
            arguments: [turn.id.rawValue, session, turn.message.rawValue, turn.attempt, time])
        try database.execute(
            cached: "UPDATE messages SET state = 'taken', attempt = ? WHERE id = ?",
            arguments: [turn.attempt, turn.message.rawValue])
    }

    private func finish(_ turn: Turn.ID, _ outcome: Outcome) throws {
        try database.execute(
            cached: """
                UPDATE turns SET status = ?, text = ?, said = ?, duration = ?, input_tokens = ?, output_tokens = ?,
                    error_kind = ?, error_message = ?, runs_again = ?, agent = ?, review_rounds = ?,
                    review_result = ? WHERE id = ?
                """,
            arguments: [
                outcome.status.rawValue, outcome.text.storable, outcome.said?.storable, outcome.durationMs,
                outcome.usage.inputTokens,
                outcome.usage.outputTokens, outcome.error?.kind.rawValue, outcome.error?.message.storable,
                outcome.isSpared ? 2 : outcome.runsAgain ? 1 : 0, outcome.agent, outcome.review?.rounds ?? 0,
                outcome.review?.result.rawValue,
                turn.rawValue,
            ])
        if outcome.runsAgain {
            try database.execute(
                cached: """
                    UPDATE messages SET state = 'waiting', attempt = attempt + 1
                    WHERE id = (SELECT message FROM turns WHERE id = ?)
                    """,
                arguments: [turn.rawValue])
        } else {
            let note = try database.cachedStatement(sql: "SELECT message FROM turns WHERE id = ?")
            if let id = try Int64.fetchOne(note, arguments: [turn.rawValue]) {
                try endGrants(of: Message.ID(rawValue: id))
            }
        }
        try settle(turn, as: outcome.runsAgain ? "waiting" : "taken")
    }

    /// What was put into `turn` and not settled before becomes `state`.
    private func settle(_ turn: Turn.ID, as state: String) throws {
        try database.execute(
            cached: """
                UPDATE messages SET state = ? WHERE state = 'steered' AND id IN (
                    SELECT message FROM events WHERE turn = ? AND kind = 'steered')
                """,
            arguments: [state, turn.rawValue])
    }

    private func write(_ approval: Approval) throws {
        guard let answer = approval.answer else {
            try database.execute(
                cached:
                    "INSERT INTO approvals (id, session, turn, asked, request, status) VALUES (?, ?, ?, ?, ?, 'asked')",
                arguments: [
                    approval.id.rawValue, session, approval.turn.rawValue, approval.askedAt.millisecondsSince1970,
                    try EventDetail.encode(RequestDetail(approval.request)),
                ])
            return
        }
        if case .grant(let id) = answer.basis {
            try database.execute(cached: "UPDATE approvals SET is_grant = 0 WHERE id = ?", arguments: [id.rawValue])
        }
        try database.execute(
            cached: "UPDATE approvals SET status = ?, answer = ?, for_session = ?, is_grant = ? WHERE id = ?",
            arguments: [
                approval.status.rawValue, try EventDetail.encode(AnswerDetail(answer)),
                answer.decision == .allowForSession && approval.request.isRepeatable, approval.isGrant,
                approval.id.rawValue,
            ])
    }

    private func endGrants(of note: Message.ID) throws {
        try database.execute(
            cached: "UPDATE approvals SET is_grant = 0 WHERE session = ? AND is_grant AND answer ->> 'note' = ?",
            arguments: [session, note.rawValue])
    }

    private func apply(_ change: SessionChange) throws {
        switch change {
        case .mode(let mode):
            try update("mode", mode.rawValue)
        case .agent(let choice):
            try update("agent", choice.description)
        case .profile(let name):
            try update("profile", name)
        case .thread(let key, let thread):
            try database.execute(
                cached: "INSERT OR REPLACE INTO threads (session, profile, agent, thread) VALUES (?, ?, ?, ?)",
                arguments: [session, key.profile, key.agent, thread])
        case .renewed:
            try database.execute(cached: "DELETE FROM threads WHERE session = ?", arguments: [session])
            try update("mode", "")
            try update("profile", "")
            try update("renewed", record.cursor.rawValue)
            try database.execute(
                cached: """
                    UPDATE approvals SET is_grant = 0, for_session = 0,
                        status = CASE status WHEN 'asked' THEN 'denied' ELSE status END WHERE session = ?
                    """,
                arguments: [session])
        }
    }

    private func update(_ column: String, _ value: some DatabaseValueConvertible) throws {
        try database.execute(cached: "UPDATE sessions SET \(column) = ? WHERE id = ?", arguments: [value, session])
    }
}

extension String {
    /// The text without NUL, at which SQLite's text functions would end it.
    fileprivate var storable: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}
