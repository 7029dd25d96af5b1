import Testing

extension BuiltProgramTests {
    /// Plan mode and profiles in scripts, with an agent that does what each role's prompt tells it.
    @Suite(.timeLimit(.minutes(2))) struct PlanScriptTests {
        private static let roles = """
            [agents.plan.selector]
            system_prompt = '[[say: {"mode":"plan","reason":"big"}]]'
            [agents.plan.planner]
            system_prompt = '[[say: the plan]]'
            [agents.plan.developer]
            system_prompt = '[[say: the answer]]'
            [agents.plan.reviewer]
            system_prompt = '[[say: {"result":"approved","feedback":"fine"}]]'

            """

        private func program(_ conf: String = roles) throws -> Program {
            var program = try Program()
            try program.useStandIn("directed")
            program.environment["CM_CHAT_MODE"] = nil
            try program.writeConf(conf)
            return program
        }

        @Test func `each stage is a line of JSON, and the end tells of the review`() async throws {
            let result = try await program().run("chat", "--json", input: "make it\n")
            let events = try result.events()
            #expect(result.status == 0, "\(result.errors)")
            #expect(events.of("session").first?.mode == "plan")
            #expect(events.of("route").map { "\($0.mode ?? "") \($0.reason ?? "")" } == ["plan big"])
            #expect(
                events.of("stage").map { "\($0.from ?? "") \($0.to ?? "") \($0.round ?? 0)" }
                    == ["selector planner 1", "planner developer 1", "developer reviewer 1"])
            #expect(events.of("delta").compactMap(\.text).joined() == "the answer")
            #expect(events.of("turn.finished").map(\.text) == ["the answer"])
            #expect(result.output.contains(#""review":{"rounds":1,"result":"approved"}"#))
        }

        @Test func `a question is answered by the developer alone unless plan mode is asked for`() async throws {
            let program = try program()
            let alone = try await program.run("ask", "[[say: at once]]")
            #expect(alone.output == "at once\n" && alone.status == 0, "\(alone.errors)")
            let planned = try await program.run("ask", "--mode", "plan", "make it")
            #expect(planned.output == "the answer\n" && planned.status == 0, "\(planned.errors)")
        }

        @Test(arguments: ["0", "1", "3", "10"]) func `the reviews end after the rounds that are allowed`(
            rounds: String
        ) async throws {
            let refusing = Self.roles.replacing("approved", with: "needs_changes")
            var program = try program(refusing)
            program.environment["CM_CODEX_MAX_REVIEW_ROUNDS"] = rounds
            let result = try await program.run("chat", "--json", input: "make it\n")
            let events = try result.events()
            #expect(result.status == 0, "\(result.errors)")
            #expect(events.of("stage").count { $0.to == "reviewer" } == Int(rounds))
            #expect(result.output.contains("max_rounds_reached") == (rounds != "0"))
            let isTold = events.of("notice").contains { $0.text?.contains("still wants changes") == true }
            #expect(isTold == (rounds != "0"))
        }

        @Test(arguments: ["-1", "x", "2.5"]) func `a wrong number of rounds is told`(rounds: String) async throws {
            var program = try program()
            program.environment["CM_CODEX_MAX_REVIEW_ROUNDS"] = rounds
            let result = try await program.run("chat", input: "make it\n")
            #expect(result.status == 2)
            #expect(result.errors.contains("codex.max_review_rounds") && result.errors.contains(rounds))
        }

        @Test func `a profile is chosen on the command line and by a command, or refused`() async throws {
            let program = try program(
                Self.roles + """
                    [profiles.tools]
                    working_directory = "~/tools"
                    model = "other-model"
                    [profiles.lost]
                    working_directory = "~/nowhere"
                    """)
            try program.write("", to: "home/tools/file")
            let chosen = try await program.run("chat", "--profile", "tools", input: "/status\n")
            #expect(chosen.output.contains("profile tools") && chosen.output.contains("/home/tools"))
            let kept = try await program.run("chat", input: "/profile list\nprofile default\n/status\n")
            #expect(kept.output.contains("* tools") && kept.output.contains("profile default"))
            let lost = try await program.run("chat", "--profile", "lost", input: "hello\n")
            #expect(lost.status == 64 && lost.errors.contains("profiles.lost.working_directory"))
            let unknown = try await program.run("chat", input: "/profile nothing\n")
            #expect(unknown.status == 1 && unknown.errors.contains("there are default, lost, tools"))
        }

        @Test func `a reviewer that is no agent stands in the way of plan mode alone`() async throws {
            let program = try program("[agents.plan.reviewer]\nexecutor = \"ghost\"\n")
            let planned = try await program.run("chat", input: "hello\n")
            #expect(planned.status == 1)
            #expect(planned.errors.contains("agents.plan.reviewer.executor is ghost, which is no agent"))
            let single = try await program.run("chat", "--mode", "single", input: "[[say: hi]]\n")
            #expect(single.output == "hi\n" && single.status == 0, "\(single.errors)")
        }

        @Test func `the profile of new conversations is refused when its directory is not there`() async throws {
            let program = try program(
                "[profile]\ndefault = \"lost\"\n[profiles.lost]\nworking_directory = \"~/nowhere\"\n")
            for mode in ["single", "plan"] {
                let result = try await program.run("chat", "--mode", mode, input: "hello\n")
                #expect(result.status == 1)
                #expect(result.errors.contains("which is no directory"), "\(result.errors)")
            }
        }
    }
}
