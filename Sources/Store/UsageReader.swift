import Conversation
import GRDB

/// Adds up what is in the table `uses`.
struct UsageReader {
    let database: GRDB.Database
    let scope: UsageScope

    private static let sums = """
        sum(ends) AS ends, sum(stages) AS stages, sum(uses.input_tokens) AS input_tokens,
        sum(uses.output_tokens) AS output_tokens, sum(uses.duration) AS duration, sum(unreadable) AS unreadable
        """

    func read(by grouping: UsageGrouping) throws -> [UsagePart] {
        switch grouping {
        case .turns(let count): try turns(last: count)
        case .roles: try parts(by: "role") { .role(Role(rawValue: $0["role"]) ?? .developer) }
        case .agents: try parts(by: "agent") { .agent($0["agent"]) }
        case .sessions: try parts(by: "session") { .session(SessionID(rawValue: $0["session"])) }
        case .days(let starts): try days(starts)
        }
    }

    private func parts(by column: String, _ key: (Row) -> UsagePart.Key) throws -> [UsagePart] {
        try Row.fetchAll(
            database, sql: "SELECT \(column), \(Self.sums) FROM uses WHERE \(condition()) GROUP BY \(column)",
            arguments: arguments
        ).map { UsagePart(key($0), $0) }
    }

    private func turns(last count: Int) throws -> [UsagePart] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT recent.id, coalesce(messages.revised, messages.text) AS text, \(Self.sums) FROM (
                    SELECT id, session, message FROM turns WHERE \(condition(turn: "id")) ORDER BY id DESC LIMIT ?
                ) AS recent JOIN messages ON messages.id = recent.message
                    JOIN uses ON uses.session = recent.session AND uses.turn = recent.id
                GROUP BY recent.id ORDER BY recent.id
                """,
            arguments: arguments + [count]
        ).map { UsagePart(.turn(Turn.ID(rawValue: $0["id"]), text: $0["text"]), $0) }
    }

    private func days(_ starts: [Timestamp]) throws -> [UsagePart] {
        let ends = starts.dropFirst() + [Timestamp(millisecondsSince1970: .max)]
        return try zip(starts, ends).compactMap { start, end in
            // By the time alone: days are few, a session may be long.
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT \(Self.sums) FROM uses INDEXED BY uses_by_time
                    WHERE \(condition()) AND time >= ? AND time < ? HAVING count(*) > 0
                    """,
                arguments: arguments + [start.millisecondsSince1970, end.millisecondsSince1970])
            return row.map { UsagePart(.day(start), $0) }
        }
    }

    /// Which rows are in the scope, given the column with the turn.
    private func condition(turn: String = "turn") -> String {
        switch scope {
        case .conversation: "session = ? AND \(turn) > (SELECT renewed FROM sessions WHERE sessions.id = ?)"
        case .workspace: "TRUE"
        }
    }

    private var arguments: StatementArguments {
        switch scope {
        case .conversation(let session): [session.rawValue, session.rawValue]
        case .workspace: []
        }
    }
}

extension UsagePart {
    fileprivate init(_ key: Key, _ row: Row) {
        self.init(
            key, tokens: Usage(inputTokens: row["input_tokens"], outputTokens: row["output_tokens"]),
            durationMs: row["duration"], turns: row["ends"], stages: row["stages"], unreadable: row["unreadable"])
    }
}
