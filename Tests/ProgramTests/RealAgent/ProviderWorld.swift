import Foundation
import TestSupport
import Testing

/// A released agent that knows of its model provider by the settings of `cm` alone.
enum ProvidedAgent: String, CaseIterable, Sendable {
    case codex = "codex-0.163.0/bin/codex"
    case olderCodex = "codex-0.147.0/codex"
    case codexMCP = "codex-0.147.0/codex mcp-server"
    case copilot = "copilot-1.0.57/copilot"

    var settings: [String: String] {
        let program = (RealCodex.folder ?? "") + "/" + (rawValue.split(separator: " ").first ?? "")
        let copilot = ["CM_COPILOT_COMMAND": program, "CODEX_SDK_DISABLED": "1", "CM_COPILOT_HANDSHAKE_TIMEOUT": "60"]
        let codex = [
            "CM_CODEX_COMMAND": program, "COPILOT_SDK_DISABLED": "1", "CM_CODEX_SANDBOX": "danger-full-access",
        ]
        return switch self {
        case .codex, .olderCodex: codex
        case .codexMCP: codex.merging(["CM_CODEX_TRANSPORT": "mcp"]) { $1 }
        case .copilot: copilot
        }
    }
}

/// A world with one released agent, whose home has been used before, and a model provider on this machine.
struct ProviderWorld {
    /// A request that the provider got.
    struct Request: Decodable {
        var path: String
        var headers: [String: String]
        var body: Body

        struct Body: Decodable {
            var model: String
            var stream: Bool
        }

        func header(_ name: String) -> String? { headers.first { $0.key.lowercased() == name }?.value }
    }

    static let key = "the-key-of-the-tests"

    var program: Program
    private let server: FakeProvider
    /// Where the provider writes down what it got, keys and all.
    private let log: TemporaryDirectory

    /// `path` is where the provider's interface is, for the settings; `like` what the server is to be as strict as.
    init(
        of agent: ProvidedAgent, script: String = "fake_chat.py", like: String? = nil, at path: String = "/v1",
        settings: [String: String] = [:]
    ) async throws {
        program = try Program()
        log = try TemporaryDirectory()
        server = try await FakeProvider(script, in: log.path, arguments: like.map { ["--like", $0] } ?? [])
        program.environment.merge(agent.settings) { $1 }
        program.environment.merge([
            "OPENAI_BASE_URL": server.address.dropLast("/v1".count) + path, "OPENAI_API_KEY": Self.key,
            "CODEX_MODEL": "a-model", "COPILOT_CACHE_HOME": (RealCodex.folder ?? "") + "/copilot-cache",
        ]) { $1 }
        program.environment.merge(settings) { $1 }
        program.environment["PATH"]? += ":/usr/bin:/bin"
        for (name, text) in Self.usersFiles { try program.write(text, to: name) }
    }

    /// What the user has told the agents, in the form that they keep.
    private static let usersFiles = [
        "codex/config.toml": "model_reasoning_effort = \"low\"\n",
        "home/.copilot/config.json": """
        // User settings belong in settings.json.
        // This file is managed automatically.
        {
          "trustedFolders": [
            "/elsewhere"
          ],
          "firstLaunchAt": "2026-03-11T00:00:00.000Z"
        }

        """,
        "home/.copilot/settings.json": #"{"model": "gpt-5"}"#,
        "home/.copilot/mcp-config.json": #"{"mcpServers": {}}"#,
        "home/.copilot/copilot-instructions.md": "Be brief.\n",
    ]

    /// The user's files that are not what they were.
    var changedFiles: [String] {
        Self.usersFiles.filter { FileManager.default.contents(atPath: program.path($0.key)) != Data($0.value.utf8) }
            .keys.sorted()
    }

    /// What is in the home of Copilot beside the user's files.
    var copilotsFiles: Set<String> {
        get throws {
            let own = Self.usersFiles.keys.map { URL(filePath: $0).lastPathComponent }
            return Set(try FileManager.default.contentsOfDirectory(atPath: program.path("home/.copilot"))).subtracting(
                own)
        }
    }

    /// The files of the world in which the key is: those of `cm`, of the agent and the user's.
    var filesWithKey: [String] {
        let names = FileManager.default.enumerator(atPath: program.path(""))?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let path = program.path(name)
            let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType  // it went
            guard type == .typeRegular else { return false }
            return FileManager.default.contents(atPath: path)?.range(of: Data(Self.key.utf8)) != nil
        }
    }

    /// Runs `cm chat --json` with a message.
    func chat(_ text: String, _ arguments: String...) async throws -> (result: Run.Result, events: [ScriptEvent]) {
        let result = try await program.run(
            ["chat", "--json"] + arguments, input: Array("\(text)\n".utf8), within: .seconds(90))
        return (result, try result.events())
    }

    /// All that the model was told, as it came.
    var told: String { server.requests().joined(separator: "\n") }

    func requests() throws -> [Request] {
        try server.requests().map { try JSONDecoder().decode(Request.self, from: Data($0.utf8)) }
    }
}
