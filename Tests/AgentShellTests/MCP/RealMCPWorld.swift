import Conversation
import Foundation
import Testing

@testable import AgentShell

/// The last released Codex that serves MCP, with a home and a model of its own, if somebody fetched it for the tests.
final class RealMCPWorld: Sendable {
    static let reason: Comment = "set CM_TEST_AGENTS (make test-agents) to run the real Codex"

    /// The folder with the agents; nil when the tests are to do without.
    static let agents = ProcessInfo.processInfo.environment["CM_TEST_AGENTS"].flatMap { $0.isEmpty ? nil : $0 }

    let options: CodexMCPOptions
    /// Where the model is, as agents are told.
    let address: String
    /// Where Codex works.
    let workspace: String
    private let directory: TemporaryDirectory
    private let model: Process
    private let log: String

    /// Starts the model; `configuration` is added to Codex's own.
    init(configuration: String = "", _ change: (inout CodexMCPOptions) -> Void = { _ in }) async throws {
        directory = try TemporaryDirectory()
        workspace = directory.file("work")
        log = directory.file("requests.jsonl")
        // The home lies beside TMPDIR: Codex does without helpers when it is below.
        for name in ["work", "home", "tmp"] {
            try FileManager.default.createDirectory(atPath: directory.file(name), withIntermediateDirectories: true)
        }
        let portFile = directory.file("port")
        model = Process()
        model.executableURL = URL(filePath: "/usr/bin/env")
        let script = URL(filePath: #filePath).appending(path: "../../../Tools/fake_responses.py").standardizedFileURL
        model.arguments = ["python3", script.path, "--port", "0", "--port-file", portFile, "--log", log]
        model.standardInput = FileHandle.nullDevice
        model.standardOutput = FileHandle.nullDevice
        try model.run()
        let port = try await eventually { try? Int(String(contentsOfFile: portFile, encoding: .utf8)) }
        address = "http://127.0.0.1:\(port)/v1"
        try """
        model = "gpt-5.5"
        model_provider = "fake"

        [model_providers.fake]
        name = "fake"
        base_url = "\(address)"
        wire_api = "responses"
        env_key = "FAKE_KEY"
        request_max_retries = 0
        stream_max_retries = 1

        \(configuration)
        """.write(toFile: directory.file("home/config.toml"), atomically: true, encoding: .utf8)
        let environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": directory.path, "CODEX_HOME": directory.file("home"),
            "TMPDIR": directory.file("tmp"), "FAKE_KEY": "none",
        ]
        let agents = try #require(Self.agents)
        var options = CodexMCPOptions(
            command: agents + "/codex-0.147.0/codex", environment: environment, workingDirectory: workspace,
            clientVersion: "0")
        // The wheel lacks what a sandbox needs.
        options.sandbox = "danger-full-access"
        change(&options)
        self.options = options
    }

    /// Not asked to end and waited for: a process of Foundation's starts with SIGTERM blocked.
    deinit { kill(model.processIdentifier, SIGKILL) }

    /// Runs a shell while `body` runs; afterwards nothing of it may be left.
    func run<Value: Sendable>(
        _ other: CodexMCPOptions? = nil, _ body: (CodexMCPShell) async throws -> Value
    ) async throws -> Value {
        let shell = CodexMCPShell(options: other ?? options)
        let value = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await shell.run() }
            defer { group.cancelAll() }
            return try await body(shell)
        }
        #expect(processes == [])
        return value
    }

    /// The processes that have our home in their environment: the agent and all it started.
    var processes: [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []  // not every system has it
        let home = Data("CODEX_HOME=\(directory.file("home"))\0".utf8)
        return names.compactMap { Int32($0) }.filter { pid in
            FileManager.default.contents(atPath: "/proc/\(pid)/environ")?.range(of: home) != nil
        }
    }

    /// A home without a configuration.
    func emptyHome() throws -> String {
        let path = directory.file("empty")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: workspace + "/" + name) }

    /// What the model was told last, as it came.
    func lastRequest() throws -> String {
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        return String(lines.last { $0.contains("\"body\": ") } ?? "")
    }
}

/// The first value that is there; fails when it does not come within 20 s.
func eventually<Value>(_ value: () async throws -> Value?) async throws -> Value {
    let deadline = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < deadline {
        if let value = try await value() { return value }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw NeverCame()
}

/// What a test waited for did not come.
struct NeverCame: Error {}
