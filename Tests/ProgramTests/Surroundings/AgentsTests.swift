import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// `cm agents`, which starts nothing.
    @Suite(.timeLimit(.minutes(1))) struct AgentsTests {
        @Test func `the agents are listed with what is known of them`() async throws {
            var program = try Program()
            try program.useStandIn()
            try program.write(
                #"{"executors": [{"name": "mine", "executor": "CUSTOM", "command": ["cat"], "role": "primary"}]}"#,
                to: "workspace/codex-monitor.config.json")
            program.environment["COPILOT_SDK_DISABLED"] = "1"
            let result = try await program.run("agents")
            #expect(result.status == 0)
            let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            #expect(lines.first == ["agent", "state", "auto", "share", "program"])
            #expect(lines.contains { $0.starts(with: ["mine", "installed", "1", "100%", "cat"]) })
            #expect(lines.contains { $0.starts(with: ["codex", "installed", "-", "-", "codex"]) })
            #expect(result.output.contains("copilot    turned off"))
            #expect(result.output.contains("by environment COPILOT_SDK_DISABLED"))
        }

        @Test func `what runs for an agent is listed with its owner, also by another process`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            #expect(
                try await program.run("agents", "--processes").output
                    == "no process runs for an agent of this workspace\n")
            let run = try program.start("chat", "--json")
            run.send("hello\n")
            try await run.output.event("turn.started")
            let listed = try await eventually("the process of the agent is listed") {
                let output = try await program.run("agents", "--processes").output
                return output.contains("codex  ") && output.contains("\(run.pid)") ? output : nil
            }
            #expect(listed.hasPrefix("agent  pid"))
            run.signal(SIGTERM)
            try await run.ended()
        }

        @Test func `a command of one's own answers`() async throws {
            let program = try Program()
            try program.write(
                #"{"executors": [{"name": "mine", "executor": "CUSTOM", "command": ["/bin/cat"]}]}"#,
                to: "workspace/codex-monitor.config.json")
            #expect(try await program.run("ask", "how are you").output == "how are you\n")
        }
    }
}
