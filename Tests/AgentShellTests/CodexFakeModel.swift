import Conversation
import Foundation
import Testing

@testable import AgentShell

/// The released Codex and a model provider on this machine, if somebody fetched the agents for the tests.
enum RealCodex {
    static let reason: Comment = "set CM_TEST_AGENTS (make test-agents) to run the real Codex"

    /// The programs that are there, newest first.
    static let programs: [String] = {
        guard let agents = ProcessInfo.processInfo.environment["CM_TEST_AGENTS"], !agents.isEmpty else { return [] }
        return ["/codex-0.163.0/bin/codex", "/codex-0.147.0/codex"].map { agents + $0 }
            .filter(FileManager.default.isExecutableFile)
    }()
}

/// A world of its own for the real Codex: a home, a place to work, and a model that does what the prompt says.
final class CodexWorld: Sendable {
    /// A request that the model got.
    struct Request: Decodable {
        var path: String
        var headers: [String: String]
        var body: Body

        struct Body: Decodable {
            var model: String
            var input: [Item]
        }

        struct Item: Decodable {
            var type: String?
            var role: String?
            var text: String

            private enum CodingKeys: CodingKey { case type, role, content, output }
            private struct Part: Decodable { var text: String? }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                type = try container.decodeIfPresent(String.self, forKey: .type)
                role = try container.decodeIfPresent(String.self, forKey: .role)
                // What is said in another form is no matter of ours.
                let parts = (try? container.decode([Part].self, forKey: .content)) ?? []
                let output = (try? container.decode(String.self, forKey: .output)) ?? ""
                text = parts.compactMap(\.text).joined(separator: "\n") + output
            }
        }

        func header(_ name: String) -> String? { headers.first { $0.key.lowercased() == name }?.value }
    }

    /// Where the provider is, as agents are told.
    let address: String
    let home: String
    let workspace: String
    private let log: String
    private let model = Process()

    /// `isRepository` makes the place to work one of git; without `configured`, the home is empty.
    init(isRepository: Bool = false, configured: Bool = true) throws {
        // Not under the directory for temporary files: Codex refuses such a home some of its helpers.
        let root = URL(filePath: #filePath).appending(path: "../../../.build/codex-\(UUID().uuidString)")
            .standardizedFileURL.path(percentEncoded: false)
        home = root + "/home"
        workspace = root + "/project"
        log = root + "/requests.jsonl"
        for path in [home, workspace, root + "/tmp"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        if isRepository { try Self.run("/usr/bin/env", ["git", "init", "-q", workspace]) }
        let script = URL(filePath: #filePath).appending(path: "../../Tools/fake_responses.py").standardizedFileURL
        let output = Pipe()
        model.executableURL = URL(filePath: "/usr/bin/env")
        model.arguments = ["python3", script.path(percentEncoded: false), "--port", "0", "--log", log]
        model.standardOutput = output
        try model.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        address = try #require(line.split(whereSeparator: \.isWhitespace).last.map(String.init))
        if configured { try write(configuration, to: "config.toml") }
    }

    deinit {
        kill(model.processIdentifier, SIGKILL)
        let root = URL(filePath: home).deletingLastPathComponent()
        try? FileManager.default.removeItem(at: root)  // what is left harms nobody
    }

    /// What `config.toml` says at first.
    var configuration: String {
        """
        model = "gpt-5.5"
        model_provider = "fake"
        [model_providers.fake]
        name = "fake"
        base_url = "\(address)"
        wire_api = "responses"
        request_max_retries = 0
        stream_max_retries = 1

        """
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: home + "/" + name))
    }

    /// What a file of the home holds now; nil when there is none.
    func file(_ name: String) -> String? {
        FileManager.default.contents(atPath: home + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    func options(_ program: String, sandbox: String = "workspace-write", provider: ModelProvider? = nil) -> CodexOptions
    {
        var environment = ProcessInfo.processInfo.environment
        environment["CODEX_HOME"] = home
        environment["TMPDIR"] = URL(filePath: home).deletingLastPathComponent().path + "/tmp"
        return CodexOptions(
            command: program, environment: environment, workingDirectory: workspace, sandbox: sandbox,
            clientVersion: "0", provider: provider)
    }

    /// Runs a shell while `body` runs.
    func run<Value: Sendable>(
        _ options: CodexOptions, _ body: (CodexShell) async throws -> Value
    ) async throws -> Value {
        let shell = CodexShell(options: options)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await shell.run() }
            defer { group.cancelAll() }
            return try await body(shell)
        }
    }

    /// All requests for an answer so far.
    func requests() throws -> [Request] {
        let bytes = FileManager.default.contents(atPath: log) ?? Data()
        return try bytes.split(separator: UInt8(ascii: "\n"))
            .filter { $0.range(of: Data("\"body\": ".utf8)) != nil }
            .map { try JSONDecoder().decode(Request.self, from: $0) }
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
