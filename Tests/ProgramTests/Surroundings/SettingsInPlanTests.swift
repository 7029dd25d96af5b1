import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Files of settings that change while a message is worked on in plan mode.
    @Suite(.timeLimit(.minutes(1))) struct SettingsInPlanTests {
        /// The first stage chooses the long way by it, and the developer, who alone may do something, waits for a file.
        private static let message =
            #"[[sh: until test -e go; do /bin/sleep 0.05; done]] [[say: {"mode":"plan","reason":"big"}]]"#

        private func program() throws -> Program {
            var program = try Program()
            try program.useStandIn("directed")
            program.environment["CM_CHAT_MODE"] = "plan"
            return program
        }

        @Test(arguments: [
            "agent_model = \"new\"", "transport = \"app-server\"\nagent_model = \"new\"", "transport = \"mcp\"",
        ])
        func `the agent of a running turn stays to its end, on the same process`(codex: String) async throws {
            let program = try program()
            let run = try program.start("chat", "--json")
            run.send(Self.message + "\n")
            try await run.output.event("stage") { $0.to == "developer" }
            try await run.output.event("action") { $0.status == "started" }
            try program.writeConf("[codex]\n\(codex)\n")
            try await run.output.event("notice") { $0.text?.hasPrefix("settings changed: codex.") == true }
            try program.write("", to: "workspace/go")
            let finished = try await run.output.event("turn.finished")
            #expect(finished.status == "ok", "\(finished)")
            let traffic = try program.standInTraffic()
            #expect(traffic.pids.count == 1)
            #expect(traffic.models.count > 2 && traffic.models.allSatisfy { $0 == nil })
            #expect(try await OtherProcess(pid: traffic.pids[0]).ends(within: Program.patience))
            run.closeInput()
            #expect(try await run.ended().status == 0)
        }

        @Test func `an agent that is turned off finishes its turn, and gets no other`() async throws {
            let program = try program()
            let run = try program.start("chat", "--json", "--agent", "codex")
            run.send(Self.message + "\n")
            try await run.output.event("stage") { $0.to == "developer" }
            try await run.output.event("action") { $0.status == "started" }
            try program.write("CODEX_SDK_DISABLED=1\n", to: "workspace/.env")
            try await run.output.event("notice") { $0.text?.hasPrefix("settings changed: codex.") == true }
            try program.write("", to: "workspace/go")
            #expect(try await run.output.event("turn.finished").status == "ok")
            run.send("again\n")
            let refused = try await run.output.event("turn.finished")
            #expect(refused.error?.message.hasPrefix("codex is turned off (.env:1)") == true)
            run.closeInput()
            try await run.ended()
        }

        @Test func `the git for reviewers is that of the settings as they are`() async throws {
            var program = try program()
            program.environment["CM_CODEX_COMMAND"] = program.bin + "/codex"
            program.environment["PATH"] = nil
            try program.write("PATH=\(program.path("nowhere"))\n", to: "workspace/.env")
            try program.write("#!/bin/sh\nexit 7\n", to: "git/git")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path("git/git"))
            try program.write("", to: "workspace/go")
            let run = try program.start("chat", "--json")
            run.send("/mode plan\n")
            try await run.output.event("command")
            try program.write("PATH=\(program.path("git"))\n", to: "workspace/.env")
            try await run.output.event("notice") { $0.text == "settings changed: agents get another PATH (.env)" }
            run.send(Self.message + "\n")
            try await run.output.event("notice") {
                $0.text?.hasPrefix("the reviewer will see no changes") == true
            }
            #expect(try await run.output.event("turn.finished").status == "ok")
            run.closeInput()
            try await run.ended()
        }

        @Test(arguments: [(#", "roles": true"#, true), ("", false)])
        func `a profile is refused whose reviewer plays no roles`(roles: String, isChosen: Bool) async throws {
            let program = try program()
            let executor = #"{"name": "mine", "executor": "CUSTOM", "command": ["/bin/cat"]"#
            try program.write(#"{"executors": [\#(executor)\#(roles)}]}"#, to: "workspace/codex-monitor.config.json")
            try program.writeConf("[profiles.work]\nagents.plan.reviewer.executor = \"mine\"\n")
            let reply = try await program.run("chat", "--json", input: "/profile work\n").events().of("command").first
            #expect(reply?.ok == isChosen)
            let place = "~/.config/cm/conf.toml:2: profiles.work.agents.plan.reviewer.executor"
            let obstacle = "\(place) is mine, which cannot play the roles of plan mode"
            #expect((reply?.text == obstacle) == !isChosen)
        }

        @Test func `a developer that plays no roles is no obstacle, a planner inside cm is one`() async throws {
            let program = try program()
            try program.writeConf(
                """
                [profiles.fine]
                agents.developer.executor = "offline"
                [profiles.odd]
                agents.planner.executor = "offline"
                """)
            let replies = try await program.run("chat", "--json", input: "/profile fine\n/profile odd\n").events()
                .of("command")
            #expect(replies.map(\.ok) == [true, false])
            let place = "~/.config/cm/conf.toml:4: profiles.odd.agents.planner.executor"
            #expect(replies.last?.text?.hasPrefix("\(place) is offline, which cannot") == true)
        }
    }
}
