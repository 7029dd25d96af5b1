import Foundation
import Testing

extension BuiltProgramTests {
    /// Who gets the provider's key.
    @Suite(.timeLimit(.minutes(1))) struct ProviderKeyTests {
        private static let key = "hunter2"

        /// A program in which everybody who is an agent writes down its environment.
        private func program() throws -> Program {
            var program = try Program()
            program.environment["CM_PROVIDER_KIND"] = "none"
            for agent in ["codex", "copilot"] {
                let script = "#!/bin/sh\n/usr/bin/env > \(program.path(agent + ".env"))\nexit 3\n"
                try program.write(script, to: "bin/\(agent)")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: program.bin + "/\(agent)")
            }
            try program.write(
                #"{"executors": [{"name": "mine", "executor": "CUSTOM", "command": ["/usr/bin/env"]}]}"#,
                to: "workspace/codex-monitor.config.json")
            return program
        }

        private func environment(of agent: String, in program: Program) async throws -> [String] {
            let result = try await program.run("ask", "--agent", agent, "x")
            if agent == "mine" { return result.output.components(separatedBy: "\n") }
            let file = try String(contentsOfFile: program.path(agent + ".env"), encoding: .utf8)
            return file.components(separatedBy: "\n")
        }

        @Test(arguments: [("codex", true), ("copilot", false), ("mine", false)], [true, false])
        func `only Codex gets the key that its configuration may name`(
            agent: (name: String, getsKey: Bool), isInFile: Bool
        ) async throws {
            var program = try program()
            let variables = ["OPENAI_API_KEY": Self.key, "CM_PROVIDER_API_KEY": Self.key, "OTHER_VALUE": "seen"]
            if isInFile {
                let lines = variables.map { "\($0)=\($1)" }.joined(separator: "\n")
                try program.write(lines + "\n", to: "workspace/.env")
            } else {
                program.environment.merge(variables) { $1 }
            }
            let seen = try await environment(of: agent.name, in: program)
            #expect(seen.contains("OTHER_VALUE=seen"))
            #expect(seen.filter { $0.contains(Self.key) } == (agent.getsKey ? ["OPENAI_API_KEY=\(Self.key)"] : []))
        }
    }
}
