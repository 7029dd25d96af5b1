import Conversation
import Foundation
import Redaction
import Testing

@testable import Store

@Suite struct TracesTests {
    private let state: TestState
    private let redactor = Redactor(secrets: ["canary-of-the-settings"])

    init() throws { state = try TestState() }

    private func lines(of day: String = "1999-12-31") throws -> [String] {
        let text = try String(contentsOfFile: state.directory.file("traces/\(day).jsonl"), encoding: .utf8)
        #expect(text.hasSuffix("\n"))
        return text.split(separator: "\n").map(String.init)
    }

    private func line(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func append(_ exchange: Exchange...) throws {
        var traces = Traces(in: state.directory)
        for exchange in exchange { try traces.append(exchange, redactor) }
    }

    @Test func `a line has exactly the fields of the contract`() throws {
        try append(.test())
        let line = try line(try #require(try lines().first))
        let names = """
            timestamp run_id session_id mode review_round review_result input_kind input_text output_text status \
            latency_ms error_message
            """
        #expect(Set(line.keys) == Set(names.split(separator: " ").map(String.init)))
        #expect(line["timestamp"] as? String == "1999-12-31T23:59:59.999Z")
        #expect(line["run_id"] as? String == "t7")
        #expect(line["session_id"] as? String == "tty:default")
        #expect(line["mode"] as? String == "plan")
        #expect(line["review_round"] as? Int == 2)
        #expect(line["review_result"] as? String == "approved")
        #expect(line["input_kind"] as? String == "text")
        #expect(line["input_text"] as? String == "hello")
        #expect(line["output_text"] as? String == "good day")
        #expect(line["status"] as? String == "ok")
        #expect(line["latency_ms"] as? Int == 1234)
        #expect(line["error_message"] is NSNull)
    }

    @Test func `each day of UTC has its file, for the user alone`() throws {
        try append(.test("last"), .test("first", at: 946_684_800_000), .test("second", at: 946_684_800_001))
        #expect(try lines().count == 1)
        #expect(try lines(of: "2000-01-01").count == 2)
        #expect(try state.mode(of: state.directory.file("traces")) == 0o700)
        #expect(try state.mode(of: state.directory.file("traces/2000-01-01.jsonl")) == 0o600)
    }

    @Test func `lines of several writers do not mix, and a text of several lines is one`() async throws {
        await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask { for turn in 0..<50 { try append(.test("\(writer)\n\(turn)")) } }
            }
        }
        let inputs = try lines().map { try line($0)["input_text"] as? String }
        #expect(inputs.count == 200)
        #expect(Set(inputs).count == 200)
    }

    @Test func `what needed no turn has a name of its own`() throws {
        var command = Exchange.test("/mode")
        (command.turn, command.kind) = (nil, .command)
        try append(command, command)
        let names = try lines().compactMap { try line($0)["run_id"] as? String }
        #expect(Set(names).count == 2)
        #expect(names.allSatisfy { $0.hasPrefix("c") })
    }

    @Test func `a secret is in no field`() throws {
        let token = "ghp_" + String(repeating: "a1B2c3", count: 6)
        try append(
            .test("say canary-of-the-settings", answer: "canary-of-the-settings", error: "not canary-of-the-settings"),
            .test(token, answer: "Bearer \(token)", error: "TOKEN=\(token)"))
        let text = try lines().joined()
        #expect(!text.contains("canary"))
        #expect(!text.contains("a1B2c3"))
        #expect(text.contains("say <redacted: known secret>"))
    }

    @Test func `a long text is cut, and says how long it was`() throws {
        try append(.test(String(repeating: "é", count: 100_000)))
        let input = try #require(try line(try lines()[0])["input_text"] as? String)
        #expect(input.hasSuffix("… (200000 bytes in all)"))
        // A little more may be held back.
        #expect((32 << 10) - 512...32 << 10 ~= input.prefix { $0 == "é" }.utf8.count)
    }

    @Test(arguments: 0...24) func `no cut leaves the beginning of a secret`(shown: Int) throws {
        let secret = "canary-of-the-settings"
        let filler = String(repeating: "x ", count: 1 << 14).dropLast(shown)
        try append(.test(filler + " " + secret + String(repeating: " y", count: 1000)))
        let input = try #require(try line(try lines()[0])["input_text"] as? String)
        for length in 2...secret.count { #expect(!input.contains(" " + secret.prefix(length) + "…"), "\(length)") }
        #expect(!input.contains("canary"))
    }

    @Test func `a file that somebody took away comes back`() throws {
        var traces = Traces(in: state.directory)
        try traces.append(.test(), redactor)
        try FileManager.default.removeItem(atPath: state.directory.file("traces"))
        try traces.append(.test(), redactor)
        #expect(try lines().count == 1)
    }

    @Test func `a place that cannot be written is an error that names it`() throws {
        try Data().write(to: URL(filePath: state.directory.file("traces")))
        let error = #expect(throws: StoreError.self) { try append(.test()) }
        #expect(error?.code == .unusable)
        #expect(error?.description.contains("traces/1999-12-31.jsonl cannot be written: Not a directory") == true)
    }
}
