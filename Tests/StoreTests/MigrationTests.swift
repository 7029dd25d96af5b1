import Conversation
import GRDB
import Testing

@testable import Store

/// Databases that an older version of the program wrote.
@Suite struct MigrationTests {
    /// A database of version 2 in which request 3 was allowed by event 5 and its note is message 6.
    private func version2(in state: TestState, noteIs noteState: String) throws {
        let queue = try DatabaseQueue(path: state.directory.file("cm.sqlite"))
        try Schema.migrator.migrate(queue, upTo: "2 approvals")
        let request = """
            {"id":"r1","kind":"command","title":"rm x","detail":"","reason":"","readOnly":false,"choices":[]}
            """
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO sessions (id, mode, agent, created, updated) VALUES ('tty:default', 'single', 'auto', 0, 0);
                    INSERT INTO messages VALUES (1, 'tty:default', 'go', 'ann', 'tty', 's', 'taken', 1);
                    INSERT INTO messages VALUES (6, 'tty:default', 'note', 'ann', 'system', 's', '\(noteState)', 1);
                    INSERT INTO turns (id, session, message, attempt, started, status)
                        VALUES (2, 'tty:default', 1, 1, 0, 'interrupted');
                    INSERT INTO approvals VALUES (3, 'tty:default', 2, 0, '\(request)', 'allowed',
                        '{"basis":"person","by":"ann (terminal)","decision":"allow"}', 1, 0);
                    INSERT INTO events (cursor, session, time, kind, approval) VALUES
                        (3, 'tty:default', 0, 'approval', 3), (5, 'tty:default', 0, 'approval', 3);
                    """)
        }
    }

    @Test(arguments: [("waiting", [6]), ("taken", [])] as [(String, [Int64])])
    func `a grant of an older database knows its note, and has ended if that had its turn`(
        noteState: String, notes: [Int64]
    ) async throws {
        let state = try TestState()
        try version2(in: state, noteIs: noteState)
        let journal = SQLiteJournal(try Database(in: state.directory))
        let grants = try #require(try await journal.state(of: SessionID(rawValue: "tty:default"))).grants
        #expect(grants.map(\.answer?.note?.rawValue) == notes)
    }
}
