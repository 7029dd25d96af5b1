import Conversation
import GRDB
import Testing

@testable import Store

@Suite struct NotificationTablesTests {
    private let state: TelegramState
    private let tables: NotificationTables

    init() throws {
        state = try TelegramState()
        tables = NotificationTables(state.database)
    }

    private static func moment(_ minutes: Int64) -> Timestamp {
        Timestamp(millisecondsSince1970: 1_000_000_000 + minutes * 60_000)
    }

    private func say(
        _ key: String, _ priority: Announcement.Priority = .info, _ text: String = "it", at minutes: Int64 = 0
    ) async throws -> KeptAnnouncement {
        try await tables.keep(Announcement(priority, key: key, text, of: "test"), at: Self.moment(minutes))
    }

    @Test func `a notification is the same when it was kept, also for the next process`() async throws {
        var announcement = Announcement(
            .important, key: "a/é", "two\nlines", of: "agent", session: SessionID(rawValue: "tty:default"))
        announcement.isToldInSession = true
        let kept = try await tables.keep(announcement, at: Self.moment(0))
        #expect(kept.announcement == announcement && kept.count == 1 && !kept.isTold)
        let others = NotificationTables(try state.opened().database)
        let standing = try await others.standing()
        #expect(standing == NotificationStanding(waiting: [kept]))
    }

    @Test func `the same key within the hour is counted, with the newest words`() async throws {
        let first = try await say("a", "one")
        let second = try await say("a", "two", at: 59)
        #expect(second.id == first.id && second.count == 2 && second.change > first.change)
        #expect(second.announcement.text == "two" && second.firstAt == first.firstAt)
        let standing = try await tables.standing()
        #expect(standing.waiting == [second])
    }

    private func say(_ key: String, _ text: String, at minutes: Int64 = 0) async throws -> KeptAnnouncement {
        try await say(key, .info, text, at: minutes)
    }

    @Test func `what goes on after an hour, or matters more, is told anew`() async throws {
        let first = try await say("a", .warning)
        let later = try await say("a", .warning, at: 60)
        let worse = try await say("a", .critical, at: 61)
        let same = try await say("a", .info, at: 62)
        #expect(Set([first.id, later.id, worse.id]).count == 3)
        #expect(same.id == worse.id && same.announcement.priority == .critical)
    }

    @Test func `a repeat of what was told stays told`() async throws {
        let first = try await say("a")
        try await tables.noteTold([first.id], dropped: 0)
        let second = try await say("a", at: 1)
        #expect(second.isTold && second.count == 2)
        let standing = try await tables.standing()
        #expect(standing.waiting.isEmpty)
    }

    @Test func `of too many that wait the oldest of the lowest priority is dropped, and counted`() async throws {
        let important = try await say("first", .important)
        for number in 0..<NotificationStanding.mostWaiting - 1 { _ = try await say("\(number)") }
        var standing = try await tables.standing()
        #expect(standing.waiting.count == NotificationStanding.mostWaiting && standing.dropped == 0)
        _ = try await say("last", .warning)
        _ = try await say("very last", .warning)
        standing = try await tables.standing()
        #expect(standing.waiting.count == NotificationStanding.mostWaiting && standing.dropped == 2)
        #expect(standing.waiting.first?.id == important.id)
        #expect(!standing.waiting.contains { ["0", "1"].contains($0.announcement.key) })
        try await tables.noteTold(standing.waiting.map(\.id), dropped: 2)
        standing = try await tables.standing()
        #expect(standing == NotificationStanding())
    }

    @Test func `quiet is kept until it is ended`() async throws {
        try await tables.keepQuiet(until: Self.moment(5))
        var standing = try await tables.standing()
        #expect(standing.quietUntil == Self.moment(5))
        #expect(standing.isQuiet(at: Self.moment(4)) && !standing.isQuiet(at: Self.moment(5)))
        try await tables.keepQuiet(until: nil)
        standing = try await tables.standing()
        #expect(standing.quietUntil == nil)
    }

    @Test func `what was told is forgotten after a week, and changes are numbered on`() async throws {
        let old = try await say("old")
        try await tables.noteTold([old.id], dropped: 0)
        let waiting = try await say("waiting")
        let new = try await say("new", at: 7 * 24 * 60 + 1)
        let ids = try state.column("SELECT id FROM notifications ORDER BY id")
        #expect(ids == ["\(waiting.id)", "\(new.id)"])
        #expect(new.change > waiting.change)
    }

    @Test func `with a session what was told of it goes`() async throws {
        let session = SessionID(rawValue: "tty:gone")
        let announcement = Announcement(.info, key: "a", "x", of: "agent", session: session)
        _ = try await tables.keep(announcement, at: Self.moment(0))
        try await SQLiteJournal(state.database).delete(session)
        let standing = try await tables.standing()
        #expect(standing.waiting.isEmpty)
    }

    @Test func `a database without notifications gets their tables and keeps what it has`() async throws {
        let state = try TestState()
        let queue = try DatabaseQueue(path: state.directory.file("cm.sqlite"))
        try Schema.migrator.migrate(queue, upTo: "8 telegram")
        try await queue.write {
            try $0.execute(
                sql: "INSERT INTO sessions (id, mode, agent, created, updated) VALUES ('tty:default', '', 'auto', 0, 0)"
            )
        }
        try queue.close()
        let database = try Database(in: state.directory)
        let sessions = try await SQLiteJournal(database).sessions()
        #expect(sessions.map(\.id.rawValue) == ["tty:default"])
        let standing = try await NotificationTables(database).standing()
        #expect(standing == NotificationStanding())
    }

    @Test func `nothing is looked for in the whole of a table that grows`() throws {
        for query in [
            "SELECT * FROM notifications WHERE key = 'a' ORDER BY id DESC LIMIT 1",
            "SELECT * FROM notifications WHERE change > 5 ORDER BY change LIMIT 200",
            "DELETE FROM notifications WHERE is_told AND last_at < 5",
        ] {
            let plan = try state.database.queue.read { database in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(query)").map { $0["detail"] as String }
            }
            #expect(plan.count == 1 && plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(query): \(plan)")
        }
    }
}
