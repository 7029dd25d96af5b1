import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// `cm mcp`, asked by the reference client of the protocol.
    @Suite(.enabled(if: ReferenceClient.isThere, ReferenceClient.reason), .timeLimit(.minutes(1)))
    struct RealAgentReferenceClientTests {
        @Test func `it lists the tools, and each says how it is`() async throws {
            let program = try Program()
            let run = try program.start("chat", "--json")
            run.send("the pineapple is ripe\n")
            try await run.output.event("turn.finished")
            let calls = [
                ("status", "{}"), ("sessions", "{}"), ("history", #"{"turns": 3}"#), ("log", #"{"lines": 5}"#),
                ("agents", "{}"), ("notify", #"{"text": "x"}"#), ("history", #"{"turns": 0}"#), ("nope", "{}"),
            ]
            let told = try await ReferenceClient.ask(program, calls)
            #expect(told.server.serverInfo.name == "cm")
            #expect(told.server.instructions?.contains("cm") == true)
            #expect(
                told.tools.map(\.name) == ["status", "sessions", "history", "log", "agents", "notify", "send_file"])
            for tool in told.tools {
                let isReading = !["notify", "send_file"].contains(tool.name)
                #expect(tool.annotations.readOnlyHint == isReading && tool.annotations.idempotentHint == isReading)
                #expect(tool.annotations.openWorldHint != true && tool.title == "cm: \(tool.name)")
            }
            let answers = told.answers.map(\.text)
            try #require(answers.count == calls.count)
            #expect(answers[0].contains("session    tty:default · mode single"))
            #expect(answers[0].contains("running    nothing") && answers[0].contains("directory  \(program.workspace)"))
            #expect(answers[1].hasPrefix("* tty:default · idle") || answers[1].contains("* tty:default"))
            #expect(answers[2].contains("the pineapple is ripe") && answers[2].contains("offline: "))
            #expect(answers[3].contains("log of cm"))
            #expect(answers[4].contains("offline: ready"))
            #expect(told.answers.prefix(5).allSatisfy { $0.isError != true && $0.code == nil })
            #expect(answers[5].contains("no turn of tty:default runs") && told.answers[5].isError == true)
            #expect(told.answers[6].code == -32602 && answers[6].contains("turns has to be a whole number"))
            #expect(told.answers[7].code == -32602)
            run.closeInput()
            #expect(try await run.ended().status == 0)
        }

        @Test func `with no core it lists the tools, and says that nothing runs`() async throws {
            let told = try await ReferenceClient.ask(try Program(), [("status", "{}")])
            #expect(told.tools.count == 7)
            #expect(told.answers.map(\.text) == ["no cm runs in this workspace now"])
            #expect(told.answers.first?.isError == true)
        }
    }
}

/// The client of the package `mcp`, if somebody fetched it for the tests.
private enum ReferenceClient {
    static let reason: Comment = "set CM_TEST_AGENTS (make test-agents), whose venv has the Python package mcp"

    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: python) }

    private static var python: String { (RealCodex.folder ?? "") + "/venv/bin/python" }

    /// Starts `cm mcp` in the workspace, and makes the calls.
    static func ask(_ program: Program, _ calls: [(tool: String, arguments: String)]) async throws -> Told {
        let script = URL(filePath: #filePath).appending(path: "../../../Tools/mcp_client.py").standardizedFileURL
        let output = try Spawn.pipe()
        let words = calls.flatMap { ["--call", $0.tool, $0.arguments] } + ["--", BuiltPrograms.cm, "mcp"]
        var child = Spawn(
            python, [script.path(percentEncoded: false)] + words, environment: program.environment,
            directory: program.workspace)
        child.attach(input: try Spawn.null(), output: output.writing, errors: STDERR_FILENO)
        let pid = try child.start()
        close(output.writing)
        let line = try await Transcript(reading: output.reading).line()
        waitpid(pid, nil, 0)
        return try JSONDecoder().decode(Told.self, from: Data((line ?? "").utf8))
    }
}

/// What the client was told.
private struct Told: Decodable {
    struct Server: Decodable {
        struct Name: Decodable { var name: String }
        var serverInfo: Name
        var instructions: String?
    }

    struct Tool: Decodable {
        struct Annotations: Decodable {
            var readOnlyHint: Bool?
            var idempotentHint: Bool?
            var openWorldHint: Bool?
        }
        var name: String
        var title: String?
        var annotations: Annotations
    }

    struct Answer: Decodable {
        struct Part: Decodable { var text: String }
        var content: [Part]?
        var isError: Bool?
        var code: Int?
        var message: String?

        var text: String { message ?? content?.map(\.text).joined() ?? "" }
    }

    var server: Server
    var tools: [Tool]
    var answers: [Answer]
}
