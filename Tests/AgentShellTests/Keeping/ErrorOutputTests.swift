import Redaction
import TestSupport
import Testing

@testable import AgentShell

/// What becomes of what an agent says on its standard error.
@Suite struct ErrorOutputTests {
    private let log = RecordingLog()

    private func output(meaning: @escaping @Sendable (String) -> String? = { _ in nil }) -> ErrorOutput {
        ErrorOutput(Redactor(secrets: ["canary-of-the-settings"]), logger: log.logger, meaning: meaning)
    }

    private func lines(_ level: String) -> [String] {
        log.text.split(separator: "\n").map(String.init).filter { $0.hasPrefix(level) }
    }

    @Test func `each line is logged, and the last is what people are told`() {
        let output = output()
        for line in ["one", "two", "  ", "   at main.rs:7"] { output.take(line) }
        #expect(output.lastWords(after: "it ended") == "it ended: two")
        #expect(lines("info").count == 3)
        #expect(log.text.contains(#""line": one"#))
    }

    @Test func `a line that means something to people is told as that`() {
        let output = output { $0 == "E42" ? "the disk is full" : nil }
        output.take("E42")
        output.take("bye")
        #expect(output.lastWords(after: "it ended") == "the disk is full")
    }

    @Test func `who says nothing has no last words`() {
        #expect(output().lastWords(after: "it ended") == "it ended")
    }

    @Test func `after 200 lines the rest is only for who looks for more`() {
        let output = output()
        for number in 1...250 { output.take("line \(number)") }
        output.finish()
        #expect(lines("info").count == 201)
        #expect(lines("info").last?.contains("further lines are left out") == true)
        #expect(lines("debug").count == 50)
    }

    @Test func `a long line is cut at 500 characters`() {
        let output = output()
        output.take(String(repeating: "x", count: 60_000))
        output.finish()
        #expect(lines("info").first?.count { $0 == "x" } == 500)
        #expect(log.text.contains("x…"))
    }

    @Test func `no secret is logged or told, also one of several lines or at the place of the cut`() {
        let output = output()
        output.take("using canary-of-the-settings")
        output.take(String(repeating: "x", count: 490) + " canary-of-the-settings")
        output.take("-----BEGIN PRIVATE KEY-----")
        for _ in 0..<3 { output.take("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7canarykeyq8") }
        output.take("-----END PRIVATE KEY-----")
        output.take("refused: canary-of-the-settings")
        #expect(output.lastWords(after: "it ended") == "it ended: refused: <redacted: known secret>")
        #expect(!log.text.contains("canary"))
        #expect(!log.text.contains(" can"))
    }

    @Test func `what is held back at the end is logged once`() {
        let output = output()
        output.take("canary-of-the")
        output.finish()
        output.finish()
        #expect(output.lastWords(after: "it ended") == "it ended: canary-of-the")
        #expect(lines("info").count == 1)
    }
}
