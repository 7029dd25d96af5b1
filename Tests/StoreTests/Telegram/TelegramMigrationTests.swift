import Conversation
import GRDB
import Testing

@testable import Store

@Suite struct TelegramMigrationTests {
    @Test func `a database without tables for Telegram gets them and keeps what it has`() async throws {
        let state = try TestState()
        let queue = try DatabaseQueue(path: state.directory.file("cm.sqlite"))
        try Schema.migrator.migrate(queue, upTo: "7 handing in")
        try await queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO sessions (id, mode, agent, created, updated) VALUES ('tty:default', '', 'auto', 0, 0);
                    INSERT INTO messages (id, session, text, author, origin, sender, state, attempt)
                        VALUES (1, 'tty:default', 'go', 'ann', 'tty', 's', 'waiting', 1);
                    """)
        }
        try queue.close()
        let database = try Database(in: state.directory)
        let kept = try await SQLiteJournal(database).state(of: SessionID(rawValue: "tty:default"))
        #expect(kept?.waiting.map(\.message.text) == ["go"])
        let tables = TelegramTables(database) { 0 }
        let new = try await tables.keep([UpdateRow(id: 1, arrivedAt: 0, payload: "{}")], offset: 2, of: 7)
        #expect(new.count == 1)
        try await tables.put([SlotRow(key: "a", chat: 5, wanted: "1")], of: 7)
        let due = try await tables.due(of: 7)
        #expect(due.slots.map(\.key) == ["a"])
    }

    @Test func `what is due stays due with the newer rule`() async throws {
        let state = try TestState()
        let queue = try DatabaseQueue(path: state.directory.file("cm.sqlite"))
        try Schema.migrator.migrate(queue, upTo: "11 notifications")
        try await queue.write { database in
            for (key, delivery, stage) in [
                ("a", "filled", "begun"), ("b", "once", "begun"), ("c", "once", "new"), ("d", "filled", "failed"),
            ] {
                try database.execute(
                    sql: """
                        INSERT INTO telegram_slots (bot, key, chat, delivery, priority, wanted, stage, is_loud, updated_at)
                        VALUES (7, ?, 5, ?, 0, '1', ?, 0, 0)
                        """, arguments: [key, delivery, stage])
            }
        }
        try queue.close()
        let tables = TelegramTables(try Database(in: state.directory)) { 0 }
        let due = try await tables.due(of: 7)
        // The one behind is told of.
        #expect(due.slots.map(\.key) == ["a", "c", "b"] && due.losses.isEmpty)
    }

    @Test func `no table has a place for a token`() throws {
        let state = try TelegramState()
        let columns = try state.column(
            """
            SELECT columns.name FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' AND tables.name LIKE 'telegram%'
            """)
        #expect(columns.count > 20)
        #expect(!columns.contains { $0.contains("token") || $0.contains("secret") })
    }

    @Test func `nothing is looked for in the whole of a table that grows`() throws {
        let state = try TelegramState()
        for (query, index) in [
            ("SELECT * FROM telegram_slots WHERE bot = 7 AND is_due ORDER BY chat, place", "due_telegram_slots"),
            ("SELECT * FROM telegram_slots WHERE bot = 7 AND NOT is_due AND updated_at < 5", "done_telegram_slots"),
            (
                "SELECT key FROM telegram_slots WHERE bot = 7 AND chat = 5 AND stage = 'placed' AND message_id = 3",
                "telegram_slots_by_message"
            ),
            (
                "SELECT * FROM telegram_updates WHERE bot = 7 AND payload IS NOT NULL ORDER BY place",
                "open_telegram_updates"
            ),
            (
                "SELECT * FROM telegram_updates WHERE bot = 7 AND payload IS NULL AND arrived_at < 5",
                "closed_telegram_updates"
            ),
        ] {
            let plan = try state.database.queue.read { database in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(query)").map { $0["detail"] as String }
            }
            #expect(plan.count == 1 && plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(query): \(plan)")
            #expect(plan.allSatisfy { $0.contains("INDEX \(index) ") }, "\(query): \(plan)")
        }
    }
}
