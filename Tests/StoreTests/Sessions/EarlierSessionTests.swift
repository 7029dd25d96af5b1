import Conversation
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite struct EarlierSessionTests {
    private static let file = """
        {"session_id": "tg:-100:7", "chat_id": -100, "user_id": 7, "mode": "single", "profile_name": "work",
         "history": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"},
                     {"role": "user", "content": "more"}], "run_lock": false, "last_error": null,
         "updated_at": "2025-11-01T10:00:00+00:00"}
        """

    private func read(_ text: String) throws -> EarlierSession { try EarlierSession(Data(text.utf8)) }

    /// What the import of a file makes of an empty journal.
    private func imported(_ text: String) async throws -> (records: [Record], state: SessionState?) {
        let journal = InMemoryJournal(), session = try read(text)
        try await session.write(to: journal, now: Timestamp(millisecondsSince1970: 9))
        let records = try await journal.records(of: session.session, .between(.start, Cursor(rawValue: .max)))
        return (records, try await journal.state(of: session.session))
    }

    @Test func `what was said comes in turns, with mode and profile`() async throws {
        let (records, state) = try await imported(Self.file)
        #expect(records.map(\.cursor.rawValue) == Array(1...8))
        #expect(records.first?.session == SessionID(rawValue: "tg:-100:7"))
        #expect(records.allSatisfy { $0.time == Timestamp(millisecondsSince1970: 1_761_991_200_000) })
        #expect((state?.mode, state?.profile) == (.single, "work"))
        #expect(state?.running == nil)
        #expect(state?.waiting.isEmpty == true)
        let lines = History(records, at: Timestamp(millisecondsSince1970: 1_761_991_260_000)).lines
        #expect(
            lines == [
                "user 7 (telegram, 1 m 0 s ago): hi", "codex-orchestrator: hello",
                "user 7 (telegram, 1 m 0 s ago): more",
                "codex-orchestrator: [interrupted: the imported file has no answer] ",
            ])
    }

    @Test func `the records are what a real database takes, after what it has`() async throws {
        let state = try TestState()
        let journal = SQLiteJournal(try Database(in: state.directory))
        try await journal.commit([
            Record(
                cursor: Cursor(rawValue: 41), session: .test, time: Timestamp(millisecondsSince1970: 0),
                event: .changed(.mode(.plan)))
        ])
        try await read(Self.file).write(to: journal, now: Timestamp(millisecondsSince1970: 0))
        #expect(try await journal.unfinished().last == Cursor(rawValue: 49))
        let turns = try await journal.records(of: SessionID(rawValue: "tg:-100:7"), .lastTurns(10))
        #expect(turns.map(\.cursor.rawValue) == Array(45...49))
    }

    @Test func `the same file is refused, and so is another one for the session`() async throws {
        let journal = InMemoryJournal(), now = Timestamp(millisecondsSince1970: 0)
        try await read(Self.file).write(to: journal, now: now)
        let same = await #expect(throws: EarlierSessionError.self) {
            try await read(Self.file).write(to: journal, now: now)
        }
        #expect(same?.description == "was imported already: it is the session tg:-100:7")
        let other = Self.file.replacing("hello", with: "good day")
        let there = await #expect(throws: EarlierSessionError.self) {
            try await read(other).write(to: journal, now: now)
        }
        #expect(there?.description.contains("tg:-100:7, which is there already; delete that first") == true)
    }

    @Test func `answers in a row are one, and one without a question is kept`() async throws {
        let items = ["assistant", "assistant", "user", "assistant", "assistant"].enumerated().map {
            #"{"role": "\#($1)", "content": "\#($0)"}"#
        }
        let (records, _) = try await imported(
            #"{"chat_id": 1, "user_id": 2, "history": [\#(items.joined(separator: ","))]}"#)
        #expect(records.compactMap(\.event.question) == ["…", "2"])
        #expect(records.compactMap(\.event.answer) == ["0\n\n1", "3\n\n4"])
    }

    @Test func `a session in which nothing was said is one`() async throws {
        #expect(try await imported(#"{"chat_id": "1", "user_id": "2"}"#).state != nil)
    }

    @Test func `what is not known is left out, and told`() throws {
        let session = try read(
            """
            {"chat_id": 1, "user_id": 2, "colour": 3, "mode": "fast", "updated_at": "soon",
             "history": [{"role": "system", "content": "x"}, {"role": "user", "content": "y", "more": 1}]}
            """)
        #expect(
            session.warnings == [
                "colour is no known key, and left out", "mode 'fast' is none, and left out",
                "updated_at 'soon' is no time, and left out", "history[0] has the role 'system', and is left out",
            ])
        #expect(session.count == 1)
    }

    @Test(arguments: [
        ("2025-11-01T10:00:00Z", 1_761_991_200_000), ("2025-11-01T12:00:00+02:00", 1_761_991_200_000),
        ("2025-11-01T10:00:00", 1_761_991_200_000), ("2025-11-01T10:00:00.500Z", 1_761_991_200_500),
    ])
    func `a time is read in every form that such files have`(text: String, milliseconds: Int64) async throws {
        let (records, _) = try await imported(#"{"chat_id": 1, "user_id": 2, "updated_at": "\#(text)"}"#)
        #expect(records.map(\.time.millisecondsSince1970) == [milliseconds])
    }

    @Test(arguments: [
        ("{\"chat_id\": 1,\n \"user_id\": }", "is no JSON: invalid value at line 2, column 13"),
        ("", "is no JSON"), ("[]", "the file"), (#"{"chat_id": true, "user_id": 1}"#, "chat_id"),
        (#"{"chat_id": 1}"#, "neither chat_id and user_id nor session_id"),
        (#"{"session_id": "other"}"#, "session_id: 'other' is not tg:<chat>:<user>"),
        (#"{"chat_id": 1, "user_id": 2, "history": {}}"#, "history"),
        (#"{"chat_id": 1, "user_id": 2, "history": [{"role": "user"}]}"#, "history[0].content is missing"),
        (#"{"chat_id": 1, "user_id": 2, "history": [{"role": "user", "content": 3}]}"#, "history[0].content"),
    ])
    func `a file that is wrong is refused with the place`(text: String, reason: String) {
        let error = #expect(throws: EarlierSessionError.self) { try read(text) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func `no garbage ends the program`() {
        var generator = SeededGenerator(seed: 7)
        let bytes = Array(Self.file.utf8)
        for _ in 0..<2000 {
            var broken = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                broken[Int.random(in: broken.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            do { _ = try EarlierSession(Data(broken)) } catch { #expect(error is EarlierSessionError) }
        }
    }
}

extension Event {
    fileprivate var question: String? { if case .started(let turn) = self { turn.text } else { nil } }
    fileprivate var answer: String? { if case .finished(_, let outcome) = self { outcome.text } else { nil } }
}

extension EarlierSession {
    /// Writes it behind all that is there.
    fileprivate func write(to journal: any Journal, now: Timestamp) async throws {
        _ = try await write(to: journal, after: try await journal.unfinished().last, now: now)
    }
}
