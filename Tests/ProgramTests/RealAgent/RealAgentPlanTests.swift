import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Plan mode with the real Codex and real git.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentPlanTests {
        /// What the model says in each role; the reviewer is content with the second round only.
        private static let parts = [
            "--when", "developer's answer, round 2", #"[[say: {"result":"approved","feedback":"now it is tested"}]]"#,
            "--when", "You are the reviewer",
            #"Here: [[say: {"result":"needs_changes","feedback":"there is no test"}]]"#,
            "--when", "You decide how", #"[[say: {"mode":"plan","reason":"two files"}]]"#,
            "--when", "You are the planner", "[[sh: ls]] [[say: 1. write main.txt 2. test it]]",
            "--when", "Feedback of the reviewer", "[[sh: echo assert > test.txt]] [[say: the test is there]]",
            "--when", "You are the developer", "[[sh: echo hello > main.txt]] [[say: main.txt is there]]",
        ]

        private static let configuration = """
            [codex]
            sandbox = "danger-full-access"
            approval_policy = "never"

            [agents.plan.selector]
            model = "gpt-5.4-mini"

            [agents.plan.reviewer]
            model = "gpt-5.4"
            """

        private func world(_ model: FakeModel) async throws -> Program {
            var program = try RealCodex.program(answeredBy: model)
            program.environment["CM_CHAT_MODE"] = nil
            try program.writeConf(Self.configuration)
            try await program.makeRepository()
            return program
        }

        @Test func `a reviewer demands a change, sees the real difference, and approves the second round`()
            async throws
        {
            let model = try await FakeModel(Self.parts)
            let program = try await world(model)
            let result = try await program.run(
                ["chat", "--json"], input: Array("write main.txt with a test\n".utf8), within: .seconds(90))
            let events = try result.events()
            #expect(result.status == 0, "\(result.errors)")
            let end = try #require(events.of("turn.finished").first)
            #expect(end.status == "ok" && end.text == "the test is there")
            #expect(events.of("route").map(\.mode) == ["plan"])
            #expect(
                events.of("stage").map { "\($0.from ?? "") \($0.to ?? "") \($0.round ?? 0)" } == [
                    "selector planner 1", "planner developer 1", "developer reviewer 1", "reviewer developer 2",
                    "developer reviewer 2",
                ])

            let requests = try model.requests()
            func asked(_ prompt: String) -> [FakeModel.Request] { requests.filter { $0.message.hasPrefix(prompt) } }
            let reviews = asked("You are the reviewer")
            #expect(reviews.count == 2)
            #expect(reviews.first?.message.contains("+hello") == true)
            #expect(reviews.first?.message.contains("+assert") == false)
            #expect(reviews.last?.message.contains("+hello") == true)
            #expect(reviews.last?.message.contains("+assert") == true)
            #expect(reviews.allSatisfy { $0.model == "gpt-5.4" && $0.hasSchema })
            #expect(asked("You decide how").allSatisfy { $0.model == "gpt-5.4-mini" && $0.hasSchema })
            #expect(asked("You are the planner").allSatisfy { $0.model == "gpt-5.5" && !$0.hasSchema })
            let work = asked("You are the developer")
            #expect(work.count >= 2 && work.allSatisfy { $0.model == "gpt-5.5" })
            // The rounds share a thread; each other role had one of its own.
            #expect(Set(work.compactMap(\.thread)).count == 1)
            #expect(work.last?.conversation.contains("main.txt is there") == true)
            let others = (reviews + asked("You decide how") + asked("You are the planner")).compactMap(\.thread)
            #expect(Set(others).count == 4 && !others.contains(work.first?.thread ?? ""))
            // The user's repository holds what the developer did, and nothing of ours.
            #expect(try await program.git("status", "--porcelain") == "?? main.txt\n?? test.txt\n")
            #expect(program.agentProcesses.isEmpty)
        }

        @Test func `a crash of cm while the reviewer works is made up for without the developer`() async throws {
            let model = try await FakeModel(
                [
                    "--when", "You are the reviewer",
                    #"[[wait: 3]] [[say: {"result":"approved","feedback":"good"}]]"#,
                ] + Self.parts)
            let program = try await world(model)
            let run = try program.start("chat", "--json")
            run.send("write main.txt with a test\n")
            try await run.output.event("stage") { $0.to == "reviewer" }
            kill(run.pid, SIGKILL)
            _ = try await run.ended()
            let again = try program.start("chat", "--json")
            let end = try await again.output.event("turn.finished") { $0.status == "ok" }
            #expect(end.text == "main.txt is there")
            again.closeInput()
            #expect(try await again.ended().status == 0)
            let work = try model.requests().filter { $0.message.hasPrefix("You are the developer") }
            #expect(Set(work.map(\.message)).count == 1)
            #expect(try await program.git("status", "--porcelain") == "?? main.txt\n")
        }
    }
}

extension Program {
    /// Makes the workspace a git repository with one commit.
    func makeRepository() async throws {
        try FileManager.default.removeItem(atPath: path("workspace/.git"))
        try write("a project\n", to: "workspace/README")
        _ = try await git("init", "-q", "-b", "main")
        _ = try await git("add", ".")
        _ = try await git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "first")
    }

    /// What git says in the workspace.
    @discardableResult func git(_ arguments: String...) async throws -> String {
        let output = try Spawn.pipe()
        var child = Spawn(
            "/usr/bin/env", ["git"] + arguments, environment: ["PATH": "/usr/bin:/bin", "HOME": path("home")],
            directory: workspace)
        child.attach(input: try Spawn.null(), output: output.writing, errors: STDERR_FILENO)
        let pid = try child.start()
        close(output.writing)
        let transcript = Transcript(reading: output.reading)
        var lines: [String] = []
        while let line = try await transcript.line() { lines.append(line) }
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        #expect(status == 0, "git \(arguments)")
        return lines.map { $0 + "\n" }.joined()
    }
}
