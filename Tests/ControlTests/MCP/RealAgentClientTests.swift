import Foundation
import JSONRPC
import Testing

/// The server over the standard streams of a program, asked by the reference client of the protocol.
@Suite(.enabled(if: ReferenceClient.isThere, ReferenceClient.reason), .timeLimit(.minutes(5)))
struct RealAgentClientTests {
    @Test func `the reference client lists and calls the tools`() async throws {
        let log = NSTemporaryDirectory() + "toolstand-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: log) }  // what is left harms nobody
        let told = try ReferenceClient.run(
            "--ask", "ping", "--ask", "resources", "--ask", "templates", "--ask", "prompts", "--call", "status", "{}",
            "--call", "notify", #"{"text":"é"}"#, "--call", "notify", "{}", "--call", "fail", "{}", "--call", "long",
            "{}",
            "--call", "nope", "{}", "--", BuiltTools.toolStand, log)
        #expect(told["server"]?["serverInfo"]?["name"] == "toolstand")
        #expect(told["server"]?["protocolVersion"] == "2025-11-25")
        #expect(told["asked"]?["resources"]?["resources"] == [])
        #expect(told["asked"]?["templates"]?["resourceTemplates"] == [])
        #expect(told["asked"]?["prompts"]?["prompts"] == [])
        let tools = told["tools"]?.elements ?? []
        #expect(tools.compactMap { $0["name"]?.text } == ["status", "notify", "fail", "long", "wait", "change"])
        #expect(tools.first?["title"] == "How it is")
        #expect(tools.first?["annotations"]?["readOnlyHint"] == true)
        let answers = told["answers"]?.elements ?? []
        #expect(answers.count == 6)
        guard answers.count == 6 else { return }
        #expect(answers[0]["content"] == [["type": "text", "text": "the status is pineapple"]])
        #expect(answers[0]["isError"] == false && answers[0]["structuredContent"] == nil)
        #expect(answers[1]["content"] == [["type": "text", "text": "told: é"]])
        #expect(answers[2] == ["code": -32602, "message": "notify: text is missing"])
        #expect(answers[3]["isError"] == true)
        #expect(answers[3]["content"] == [["type": "text", "text": "fail failed: it is broken"]])
        #expect((answers[4]["content"]?.elements.first?["text"]?.text?.count ?? 0) == 60_000)
        #expect(answers[5] == ["code": -32602, "message": "there is no tool called nope"])
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(lines.last == "end", "it ended otherwise than by the end of its input")
    }
}

/// The client of the package `mcp`, if somebody fetched it for the tests.
enum ReferenceClient {
    static let reason: Comment = "set CM_TEST_AGENTS (make test-agents), whose venv has the Python package mcp"

    private static let python = (ProcessInfo.processInfo.environment["CM_TEST_AGENTS"] ?? "") + "/venv/bin/python"

    static var isThere: Bool {
        guard FileManager.default.isExecutableFile(atPath: python) else { return false }
        let probe = Process()
        probe.executableURL = URL(filePath: python)
        probe.arguments = ["-c", "import mcp"]
        probe.standardError = FileHandle.nullDevice
        do { try probe.run() } catch { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }

    /// What the script prints.
    static func run(_ arguments: String...) throws -> JSONValue {
        let script = URL(filePath: #filePath).appending(path: "../../../Tools/mcp_client.py").standardizedFileURL
        let client = Process(), output = Pipe()
        client.executableURL = URL(filePath: python)
        client.arguments = [script.path(percentEncoded: false)] + arguments
        client.standardInput = FileHandle.nullDevice
        client.standardOutput = output
        try client.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        client.waitUntilExit()
        #expect(client.terminationStatus == 0)
        return try JSONDecoder().decode(JSONValue.self, from: bytes)
    }
}

/// Programs that were built beside the tests.
enum BuiltTools {
    static let toolStand = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "toolstand").path(percentEncoded: false)
}

extension JSONValue {
    /// The values of an array; none for all else.
    var elements: [JSONValue] { if case .array(let values) = self { values } else { [] } }
}
