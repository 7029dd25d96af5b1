import Foundation
import Testing

extension BuiltProgramTests {
    /// A person at a terminal whom the real Codex asks, over the deaths of the program and the agent.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentCodexApprovalTests {
        private static let offer = "allow? y once · s session · n deny · e deny with a reason · v view » "
        private static let script = "[[shx: touch e1]] [[say: it is there]]"

        /// The model asks for the same command again when it hears that it is allowed.
        private func world() async throws -> (Program, FakeModel) {
            let model = try await FakeModel("--when", "Exactly this command is allowed", Self.script)
            return (try RealCodex.program(answeredBy: model), model)
        }

        private func start(_ program: Program) async throws -> Run {
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            return run
        }

        private func exists(in program: Program) -> Bool {
            FileManager.default.fileExists(atPath: program.workspace + "/e1")
        }

        @Test(arguments: [("y", true), ("n", false)])
        func `one key answers the real Codex`(key: String, isAllowed: Bool) async throws {
            let (program, model) = try await world()
            let run = try await start(program)
            run.send(Self.script + "\r")
            let shown = try await run.output.read(through: Self.offer)
            #expect(shown.contains("$ touch e1"))
            #expect(!exists(in: program))
            run.send(key)
            try await run.output.read(through: "it is there")
            try await run.output.read(through: "✓ ")
            #expect(exists(in: program) == isAllowed)
            #expect(try model.requests().count >= 2)
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
            #expect(program.agentProcesses.isEmpty)
        }

        @Test(arguments: ["program", "agent"])
        func `allowed after a death, the agent goes on with exactly that`(victim: String) async throws {
            let (program, model) = try await world()
            var run = try await start(program)
            run.send(Self.script + "\r")
            try await run.output.read(through: Self.offer)
            if victim == "program" {
                run.signal(SIGKILL)
                try await run.ended()
                #expect(try await program.marked(within: .seconds(10)).isEmpty)
                run = try await start(program)
            } else {
                let child = try #require(program.keptChildren.last)
                kill(child.program.pid, SIGKILL)
                try await run.output.read(through: "It waits for your answer to ")
            }
            try await run.output.read(through: Self.offer)
            #expect(!exists(in: program))
            run.send("y")
            try await run.output.read(through: "it is there")
            try await run.output.read(through: "✓ ")
            #expect(exists(in: program))
            let requests = try model.requests()
            #expect(requests.contains { $0.conversation.contains("Exactly this command is allowed now: touch e1") })
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
            #expect(program.agentProcesses.isEmpty)
        }

        @Test func `denied after a death, nothing is done`() async throws {
            let (program, model) = try await world()
            var run = try await start(program)
            run.send(Self.script + "\r")
            try await run.output.read(through: Self.offer)
            run.signal(SIGKILL)
            try await run.ended()
            let asked = try model.requests().count
            run = try await start(program)
            try await run.output.read(through: Self.offer)
            run.send("n")
            try await run.output.read(through: "touch e1 · denied")
            run.send("/queue\r")
            try await run.output.read(through: "nothing waits")
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
            #expect(!exists(in: program))
            #expect(try model.requests().count == asked)
        }
    }
}
