import Foundation
import Testing

/// The released Codex, if somebody fetched it for the tests.
enum RealCodex {
    static let reason: Comment = "set CM_TEST_AGENTS (make test-agents) to run the real Codex"

    static var isThere: Bool { path != nil }

    /// Its program; nil when the tests are to do without.
    static var path: String? { folder.map { $0 + "/codex-0.163.0/bin/codex" } }

    /// Where the released agents are; nil when the tests are to do without.
    static var folder: String? {
        guard let agents = ProcessInfo.processInfo.environment["CM_TEST_AGENTS"], !agents.isEmpty else { return nil }
        return agents
    }

    /// A world in which Codex is there and `model` answers it.
    static func program(answeredBy model: FakeModel) throws -> Program {
        var program = try Program()
        let path: String = try #require(path)
        program.environment["CM_CODEX_COMMAND"] = path
        program.environment["FAKE_KEY"] = "none"
        program.environment["PATH"]? += ":/usr/bin:/bin"
        try program.write(
            """
            model = "gpt-5.5"
            model_provider = "fake"

            [model_providers.fake]
            name = "fake"
            base_url = "\(model.address)"
            wire_api = "responses"
            env_key = "FAKE_KEY"
            request_max_retries = 0
            stream_max_retries = 1
            """, to: "codex/config.toml")
        return program
    }
}

extension Program {
    /// The processes that have our CODEX_HOME in their environment: the agent and all it started.
    var agentProcesses: [OtherProcess] {
        guard let home = environment["CODEX_HOME"] else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []  // not every system has it
        return names.compactMap { pid_t($0) }.map { OtherProcess(pid: $0) }.filter { process in
            let variables = FileManager.default.contents(atPath: "/proc/\(process.pid)/environ") ?? Data()
            return variables.range(of: Data("CODEX_HOME=\(home)\0".utf8)) != nil
        }
    }
}
