import Conversation
import GRDB
import Testing

@testable import Store

/// How long a long history takes; printed, not judged.
@Suite(.timeLimit(.minutes(1))) struct UsageMeasureTests {
    private static let turns = 100_000

    /// A database of the version before the table of uses, with four stages in every fourth turn.
    ///
    /// One session has half of the turns, forty others the rest, over a hundred days.
    private func fill(_ state: TestState) throws {
        let queue = try DatabaseQueue(path: state.directory.file("cm.sqlite"))
        try Schema.migrator.migrate(queue, upTo: "4 plan")
        let plan = String(repeating: "step ", count: 200)
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TEMP TABLE numbers AS
                        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT \(Self.turns))
                        SELECT n, 'tty:' || iif(n % 2, 0, n % 80) AS session, n * 86400 AS time FROM numbers;
                    INSERT INTO sessions (id, mode, agent, created, updated)
                        SELECT DISTINCT session, '', 'auto', 0, 0 FROM numbers;
                    INSERT INTO messages SELECT n * 10, session, 'do it', 'ann', 'tty', 's', 'taken', 1 FROM numbers;
                    INSERT INTO turns (id, session, message, attempt, started, status, duration, input_tokens,
                            output_tokens, agent)
                        SELECT n * 10 + 1, session, n * 10, 1, time, 'ok', 9000, 1000, 100, 'codex' FROM numbers;
                    INSERT INTO events (cursor, session, time, kind, turn, message)
                        SELECT n * 10, session, time, 'accepted', NULL, n * 10 FROM numbers
                        UNION ALL SELECT n * 10 + 1, session, time, 'started', n * 10 + 1, n * 10 FROM numbers
                        UNION ALL SELECT n * 10 + 6, session, time, 'finished', n * 10 + 1, NULL FROM numbers;
                    INSERT INTO events (cursor, session, time, kind, turn, detail)
                        SELECT n * 10 + 2 + role.key, session, time, 'stage', n * 10 + 1, json_object(
                            'role', role.value, 'round', 1, 'plan', '\(plan)', 'agent', 'codex', 'inputTokens', 200,
                            'outputTokens', 20, 'durationMs', 2000)
                        FROM numbers, json_each('["selector", "planner", "developer", "reviewer"]') AS role
                        WHERE n % 4 = 0;
                    """)
        }
        try queue.close()
    }

    @Test func `all of a long history is added up`() async throws {
        let state = try TestState(), clock = ContinuousClock()
        try fill(state)
        let begin = clock.now
        let journal = SQLiteJournal(try Database(in: state.directory))
        print("usage of \(Self.turns) turns: migrated in \(clock.now - begin)")
        let days = (86..<100).map { Timestamp(millisecondsSince1970: $0 * 86_400_000) }
        let groupings = [UsageGrouping.roles, .agents, .sessions, .days(days), .turns(last: 20)]
        for scope in [UsageScope.workspace, .conversation(SessionID(rawValue: "tty:0"))] {
            for grouping in groupings {
                let begin = clock.now
                let parts = try await journal.usage(in: scope, by: grouping)
                print("usage by \("\(grouping)".prefix(14)) in \("\(scope)".prefix(12)): \(clock.now - begin)")
                if grouping == .roles {
                    let turns = scope == .workspace ? Self.turns : Self.turns / 2 + Self.turns / 80
                    #expect(parts.map(\.turns).reduce(0, +) == turns)
                }
                #expect(!parts.isEmpty)
            }
        }
    }
}
