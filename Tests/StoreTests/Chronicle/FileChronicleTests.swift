import Conversation
import Foundation
import Logging
import Redaction
import TestSupport
import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct FileChronicleTests {
    private let state: TestState
    private let redactor = Redactor(secrets: ["canary-of-the-settings"])

    init() throws { state = try TestState() }

    /// Has a chronicle write the exchanges, after `events` were committed.
    private func keep(
        _ exchanges: [Exchange], after events: [Event] = [], logger: Logger = Logger(label: "chronicle")
    ) async throws {
        let journal = InMemoryJournal()
        try await journal.commit(
            events.enumerated().map { index, event in
                Record(
                    cursor: Cursor(rawValue: Int64(index + 1)), session: .test,
                    time: Timestamp(millisecondsSince1970: 0), event: event)
            })
        let chronicle = FileChronicle(in: state.directory, journal: journal, logger: logger) { redactor }
        for exchange in exchanges { chronicle.note(exchange) }
        chronicle.close()
        await chronicle.run()
    }

    private func snapshot(_ name: String = "tty-default.json") throws -> [String: Any] {
        let bytes = try Data(contentsOf: URL(filePath: state.directory.file("sessions/\(name)")))
        return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }

    private func talk(_ turns: Int, answer: String = "answer") -> [Event] {
        (0..<turns).flatMap { index -> [Event] in
            let first = Int64(index * 3 + 1)
            let waiting = SessionState.Waiting(id: Message.ID(rawValue: first), message: .test("question \(index)"))
            let turn = Turn(id: Turn.ID(rawValue: first + 1), waiting)
            return [
                .accepted(waiting.id, waiting.message), .started(turn),
                .finished(turn.id, Outcome(status: .ok, text: "\(answer) \(index)")),
            ]
        }
    }

    @Test func `a snapshot tells where the session stands, under the names of the earlier system`() async throws {
        try await keep([.test(error: "no luck")], after: talk(1))
        let snapshot = try snapshot()
        #expect(snapshot["session_id"] as? String == "tty:default")
        #expect(snapshot["chat_id"] is NSNull)
        #expect(snapshot["user_id"] is NSNull)
        #expect(snapshot["mode"] as? String == "plan")
        #expect(snapshot["last_run_status"] as? String == "error")
        #expect(snapshot["last_run_latency_ms"] as? Int == 1234)
        #expect(snapshot["last_review_round"] as? Int == 2)
        #expect(snapshot["last_review_result"] as? String == "approved")
        #expect(snapshot["last_error"] as? String == "no luck")
        #expect(snapshot["profile_name"] as? String == "work")
        #expect(snapshot["profile_model"] as? String == "m1")
        #expect(snapshot["profile_working_directory"] as? String == "/project")
        #expect(snapshot["updated_at"] as? String == "1999-12-31T23:59:59Z")
        let history = try #require(snapshot["history"] as? [[String: String]])
        #expect(
            history == [["role": "user", "content": "question 0"], ["role": "assistant", "content": "answer 0"]])
    }

    @Test func `a snapshot has the last 20 items`() async throws {
        try await keep([.test()], after: talk(25))
        let history = try #require(try snapshot()["history"] as? [[String: String]])
        #expect(history.count == 20)
        #expect(history.first?["content"] == "question 15")
        #expect(history.last?["content"] == "answer 24")
    }

    @Test func `a snapshot is the user's alone, has no secret, and leaves no file behind`() async throws {
        try await keep(
            [.test(error: "canary-of-the-settings"), .test(error: "canary-of-the-settings")],
            after: talk(1, answer: "canary-of-the-settings"))
        let path = state.directory.file("sessions/tty-default.json")
        #expect(try state.mode(of: path) == 0o600)
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("canary"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: state.directory.file("sessions"))
                == ["tty-default.json"])
    }

    @Test func `a session of one question has traces and no snapshot`() async throws {
        try await keep([.test(in: "ask:1")])
        #expect(!FileManager.default.fileExists(atPath: state.directory.file("sessions")))
        #expect(FileManager.default.fileExists(atPath: state.directory.file("traces/1999-12-31.jsonl")))
    }

    @Test func `what comes when too much waits is left out, and the log says how much`() async throws {
        let log = RecordingLog()
        try await keep(
            (0..<FileChronicle.capacity + 3).map { .test("\($0)", in: "ask:1") }, logger: log.logger)
        let text = try String(contentsOfFile: state.directory.file("traces/1999-12-31.jsonl"), encoding: .utf8)
        #expect(text.split(separator: "\n").count == FileChronicle.capacity)
        #expect(log.text.contains("too many requests at once"))
        #expect(log.text.contains(#""count": 3"#))
    }

    @Test func `what cannot be written is logged, and the rest is`() async throws {
        let log = RecordingLog()
        try Data().write(to: URL(filePath: state.directory.file("traces")))
        try await keep([.test()], after: talk(1), logger: log.logger)
        #expect(log.text.contains("the trace could not be written"))
        #expect(try snapshot()["session_id"] as? String == "tty:default")
    }

    // MARK: Names

    @Test(arguments: [
        ("tty:default", "tty-default.json"), ("tg:12:34", "12-34.json"), ("tg:-100:34", "-100-34.json"),
        ("tg:-100:5:34", "-100-5-34.json"), ("tty:größe", "tty-gr%C3%B6%C3%9Fe.json"),
        ("tty:../../x", "tty-..%2F..%2Fx.json"), ("tg:01:2", "tg-01%3A2.json"), ("tg:1:-2", "tg-1%3A-2.json"),
        ("..", "...json"), ("", ".json"),
    ])
    func `a session's file has a safe name`(session: String, name: String) {
        #expect(SnapshotName(SessionID(rawValue: session)).text == name)
    }

    @Test func `different sessions have different files, also when their names are long`() {
        let long = String(repeating: "é", count: 64)
        let sessions = [
            "tty:a", "tty:A", "tty:a-b", "tg:1:2", "tg:1:2:3", "tty:1-2", "tty:a%20", "tty:a ", "tty:\(long)a",
            "tty:\(long)b",
        ]
        let names = sessions.map { SnapshotName(SessionID(rawValue: $0)).text }
        #expect(Set(names).count == sessions.count)
        #expect(names.allSatisfy { $0.utf8.count <= 200 })
    }
}
