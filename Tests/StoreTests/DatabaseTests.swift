import Conversation
import Foundation
import Testing

@testable import Store

@Suite struct DatabaseTests {
    private let state: TestState

    init() throws { state = try TestState() }

    @Test func `a message that was committed is there after opening again`() async throws {
        try await keep(.accepted(Message.ID(rawValue: 1), message("hello\0")))
        #expect(try await kept()?.waiting.map(\.message.text) == ["hello\u{FFFD}"])
    }

    @Test func `a text of 5 MB is kept whole`() async throws {
        let text = String(repeating: "0123456789abcdé\n", count: 5_000_000 / 16)
        try await keep(.accepted(Message.ID(rawValue: 1), message(text)))
        #expect(try await kept()?.waiting.first?.message.text == text)
    }

    @Test func `all files are for the user alone, also while the database is open`() async throws {
        try await withDatabase { journal in
            try await journal.commit([record(1, .accepted(Message.ID(rawValue: 1), message("hello")))])
            for name in ["cm.sqlite", "cm.sqlite-wal", "cm.sqlite-shm"] {
                #expect(try state.mode(of: state.directory.file(name)) == 0o600, "\(name)")
            }
        }
    }

    @Test func `a new database has nothing to remark`() throws {
        #expect(try Database(in: state.directory).remarks.isEmpty)
    }

    @Test func `a database of a newer version is refused and loses nothing`() async throws {
        try await keep(.accepted(Message.ID(rawValue: 1), message("hello")))
        try replace("1 conversation", with: "9 conversation")
        let error = #expect(throws: StoreError.self) { try Database(in: state.directory) }
        #expect(error?.code == .newer)
        #expect(error?.description.contains("was written by a newer version of cm; update this one") == true)
        try replace("9 conversation", with: "1 conversation")
        #expect(try await kept()?.waiting.count == 1)
    }

    @Test func `a file that is no database is moved aside and remarked`() async throws {
        let garbage = Data(repeating: 0x5a, count: 10_000)
        try garbage.write(to: url("cm.sqlite"))
        let database = try Database(in: state.directory)
        let aside = try #require(names().first { $0.hasPrefix("cm.sqlite.damaged-") })
        #expect(try Data(contentsOf: url(aside)) == garbage)
        #expect(database.remarks.count == 1)
        #expect(database.remarks.first?.contains(state.directory.file(aside)) == true)
        try await SQLiteJournal(database).commit([record(1, .accepted(Message.ID(rawValue: 1), message("hello")))])
    }

    @Test func `a database whose first pages were overwritten is moved aside`() async throws {
        try await keep(.accepted(Message.ID(rawValue: 1), message("hello")))
        var bytes = try Data(contentsOf: url("cm.sqlite"))
        bytes.replaceSubrange(100..<6_000, with: Data(repeating: 0xff, count: 5_900))
        try bytes.write(to: url("cm.sqlite"))
        let database = try Database(in: state.directory)
        #expect(database.remarks.count == 1)
        #expect(try names().contains { $0.hasPrefix("cm.sqlite.damaged-") })
    }

    @Test func `each damaged file is kept, however soon the next one follows`() throws {
        for number in 1...3 {
            try Data("garbage \(number) \(String(repeating: "x", count: 5_000))".utf8).write(to: url("cm.sqlite"))
            #expect(try Database(in: state.directory).remarks.count == 1)
        }
        let aside = try names().filter { $0.hasPrefix("cm.sqlite.damaged-") && !$0.hasSuffix("-wal") }
        #expect(aside.count == 3)
    }

    @Test func `an empty file becomes a database`() throws {
        try Data().write(to: url("cm.sqlite"))
        #expect(try Database(in: state.directory).remarks.isEmpty)
    }

    @Test func `a directory where the file should be is unusable`() throws {
        try FileManager.default.createDirectory(at: url("cm.sqlite"), withIntermediateDirectories: false)
        let error = #expect(throws: StoreError.self) { try Database(in: state.directory) }
        #expect(error?.code == .unusable)
    }

    @Test func `a place below a file is unusable`() throws {
        try Data().write(to: url("file"))
        let below = StateDirectory(
            workspace: "/w", environment: ["CM_STATE_DIR": state.directory.file("file")], home: "/")
        let error = #expect(throws: StoreError.self) { try Database(in: below) }
        #expect(error?.code == .unusable)
        #expect(error?.description.contains("Not a directory") == true)
    }

    @Test(.disabled(if: getuid() == 0, "root may write everywhere"))
    func `a file that cannot be written is unusable`() throws {
        try Data().write(to: url("cm.sqlite"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o400], ofItemAtPath: state.directory.file("cm.sqlite"))
        let error = #expect(throws: StoreError.self) { try Database(in: state.directory) }
        #expect(error?.code == .unusable)
    }

    @Test func `of a batch that fails nothing is kept`() async throws {
        let first = record(1, .accepted(Message.ID(rawValue: 1), message("one")))
        let second = record(2, .accepted(Message.ID(rawValue: 2), message("two")))
        try await withDatabase { journal in
            await #expect(throws: (any Error).self) { try await journal.commit([first, second, first]) }
            let state = try await journal.state(of: session)
            #expect(state == nil)
            try await journal.commit([first, second])
        }
        #expect(try await kept()?.waiting.count == 2)
    }

    // MARK: Steps

    private let session = SessionID(rawValue: "tty:default")

    private func url(_ name: String) -> URL { URL(filePath: state.directory.file(name)) }

    /// Replaces the name of a migration in the file.
    private func replace(_ name: String, with other: String) throws {
        var bytes = try Data(contentsOf: url("cm.sqlite"))
        while let place = bytes.firstRange(of: Data(name.utf8)) {
            bytes.replaceSubrange(place, with: Data(other.utf8))
        }
        try bytes.write(to: url("cm.sqlite"))
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: state.directory.path)
    }

    private func message(_ text: String) -> Message {
        Message(text: text, author: "me", origin: .terminal, sender: "1")
    }

    private func record(_ cursor: Int64, _ event: Event) -> Conversation.Record {
        Conversation.Record(
            cursor: Conversation.Cursor(rawValue: cursor), session: session,
            time: Timestamp(millisecondsSince1970: 5), event: event)
    }

    private func withDatabase(_ body: (SQLiteJournal) async throws -> Void) async throws {
        try await body(SQLiteJournal(Database(in: state.directory)))
    }

    private func keep(_ event: Event) async throws {
        try await withDatabase { try await $0.commit([record(1, event)]) }
    }

    private func kept() async throws -> SessionState? {
        try await SQLiteJournal(Database(in: state.directory)).state(of: session)
    }
}
