import Conversation
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite struct SessionCatalogTests {
    private let state: TestState
    private let database: Store.Database
    private var journal: SQLiteJournal { SQLiteJournal(database) }
    private var catalog: SessionCatalog { SessionCatalog(database) }

    init() throws {
        state = try TestState()
        database = try Store.Database(in: state.directory)
    }

    private func commit(_ event: Event, _ cursor: Int64, in session: String = "tty:a") async throws {
        try await journal.commit([
            Conversation.Record(
                cursor: Conversation.Cursor(rawValue: cursor), session: SessionID(rawValue: session),
                time: Timestamp(millisecondsSince1970: cursor * 1000), event: event)
        ])
    }

    /// A turn at the two places after `cursor`, not finished.
    private func begin(_ text: String, after cursor: Int64, in session: String = "tty:a") async throws -> Turn {
        let waiting = SessionState.Waiting(id: Message.ID(rawValue: cursor + 1), message: .test(text))
        let turn = Turn(id: Turn.ID(rawValue: cursor + 2), waiting)
        try await commit(.accepted(waiting.id, waiting.message), cursor + 1, in: session)
        try await commit(.started(turn), cursor + 2, in: session)
        return turn
    }

    @Test func `sessions are listed with what is known of them, the latest first`() async throws {
        try await commit(.changed(.mode(.plan)), 1, in: "tty:old")
        try await commit(.changed(.profile("work")), 2, in: "tty:old")
        let turn = try await begin("hello", after: 2)
        try await commit(.accepted(Message.ID(rawValue: 5), .test("next")), 5)
        let listed = try await catalog.sessions()
        #expect(listed.map(\.id.rawValue) == ["tty:a", "tty:old"])
        #expect(listed[0].isRunning)
        #expect(listed[0].waiting == 1)
        #expect(listed[0].turns == 1)
        #expect(listed[0].created == Timestamp(millisecondsSince1970: 3000))
        #expect(listed[0].updated == Timestamp(millisecondsSince1970: 5000))
        #expect((listed[1].mode, listed[1].profile) == (.plan, "work"))
        #expect(!listed[1].isRunning)
        try await commit(.finished(turn.id, Outcome(status: .ok)), 6)
        #expect(try await !catalog.sessions()[0].isRunning)
    }

    @Test func `a deleted session leaves nothing, and others stay`() async throws {
        _ = try await begin("hello", after: 0)
        _ = try await begin("hi", after: 2, in: "tty:b")
        try await catalog.delete(SessionID(rawValue: "tty:a"))
        #expect(try await catalog.sessions().map(\.id.rawValue) == ["tty:b"])
        #expect(try await journal.state(of: SessionID(rawValue: "tty:a")) == nil)
        let unfinished = try await journal.unfinished().sessions
        #expect(unfinished.map(\.rawValue) == ["tty:b"])
        let left = try await database.queue.read { database in
            try ["messages", "turns", "events"].map { table in
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table) WHERE session = 'tty:a'") ?? 0
            }
        }
        #expect(left == [0, 0, 0])
    }

    @Test func `the numbers of a deleted session are not given again, and the deletion takes one of its own`()
        async throws
    {
        _ = try await begin("hello", after: 0)
        try await catalog.delete(SessionID(rawValue: "tty:a"))
        #expect(try await journal.unfinished().last == Conversation.Cursor(rawValue: 3))
        // What is not there takes none.
        try await catalog.delete(SessionID(rawValue: "tty:a"))
        #expect(try await journal.unfinished().last == Conversation.Cursor(rawValue: 3))
        try await commit(.changed(.mode(.plan)), 4, in: "tty:b")
        #expect(try await journal.unfinished().last == Conversation.Cursor(rawValue: 4))
        try await catalog.delete(SessionID(rawValue: "tty:b"))
        #expect(try await journal.unfinished().last == Conversation.Cursor(rawValue: 5))
    }

    // MARK: Reading beside another process

    @Test func `a database can be read beside its writer, and is not created by that`() async throws {
        _ = try await begin("hello", after: 0)
        let reader = try #require(try Store.Database.reading(in: state.directory))
        #expect(try await SessionCatalog(reader).sessions().count == 1)
        _ = try await begin("hi", after: 2, in: "tty:b")
        #expect(try await SessionCatalog(reader).sessions().count == 2)
        await #expect(throws: (any Error).self) {
            try await SessionCatalog(reader).delete(SessionID(rawValue: "tty:a"))
        }
        let other = try TestState()
        #expect(try Store.Database.reading(in: other.directory) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: other.directory.path).isEmpty)
    }

    @Test func `a file that is no database is refused, and stays where it is`() throws {
        let other = try TestState()
        let path = other.directory.file("cm.sqlite")
        try Data(repeating: 0x5a, count: 10_000).write(to: URL(filePath: path))
        let error = #expect(throws: StoreError.self) { try Store.Database.reading(in: other.directory) }
        #expect(error?.code == .unusable)
        #expect(error?.description.contains("\(path) cannot be read") == true)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func `a database of an older version has to be migrated first`() throws {
        let other = try TestState()
        let queue = try DatabaseQueue(path: other.directory.file("cm.sqlite"))
        try Schema.migrator.migrate(queue, upTo: "3 grants")
        let error = #expect(throws: StoreError.self) { try Store.Database.reading(in: other.directory) }
        #expect(error?.code == .older)
    }
}
