import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Settings that change while the real Codex is there.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(1)))
    struct RealAgentCodexSettingsTests {
        @Test func `a changed model is that of the next turn, in the same conversation and another process`()
            async throws
        {
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            let run = try program.start("chat", "--json")
            run.send("the pineapple\n")
            try await run.output.event("turn.finished") { $0.status == "ok" }
            // `cm` has the variable by which they are found, too.
            let before = Set(program.agentProcesses.map(\.pid)).subtracting([run.pid])
            #expect(!before.isEmpty)
            // While a turn runs: its own thread is then still in use by the old process.
            run.send("[[sh: until test -e go; do sleep 0.1; done]] [[say: done]]\n")
            try await run.output.event("action") { $0.kind == "command" }
            try program.writeConf("[codex]\nagent_model = \"gpt-5.4\"\n")
            try await run.output.event("notice") { $0.text?.contains("gpt-5.4") == true }
            try program.write("", to: "workspace/go")
            try await run.output.event("turn.finished") { $0.text == "done" }
            run.send("next\n")
            try await run.output.event("turn.finished") { $0.text == "You said: next" }
            #expect(before.isDisjoint(with: program.agentProcesses.map(\.pid)))
            let last = try #require(try model.requests().last { $0.prompt == "next" })
            #expect(last.conversation.contains("the pineapple"))
            run.closeInput()
            let result = try await run.ended()
            #expect(result.status == 0)
            #expect(try result.events().of("notice").count == 1)
            #expect(program.agentProcesses.isEmpty)
        }
    }
}
