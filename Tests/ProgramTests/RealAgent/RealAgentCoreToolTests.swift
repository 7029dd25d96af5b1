import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// What released agents learn of the core by its tools.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentCoreToolTests {
        @Test(arguments: ProvidedAgent.allCases)
        func `asked what cm does, the agent looks, nobody is asked, and what it says is true`(
            agent: ProvidedAgent
        ) async throws {
            let world = try await ProviderWorld.forTools(of: agent)
            let question = "what is cm doing? " + agent.calls("sessions", "history", "log", "agents", "status")
            let (result, events) = try await world.chat("the pineapple is ripe\n\(question)")
            #expect(result.status == 0, "\(result.errors)")
            let end = try #require(events.of("turn.finished").last)
            #expect(end.status == "ok")
            #expect(events.of("approval").isEmpty)
            let answer = try #require(end.text)
            #expect(answer.contains("session    tty:default · mode single"))
            #expect(answer.contains("running    what is cm doing?"))
            #expect(answer.contains("agent      \(agent.name): ready · "))
            #expect(answer.contains("directory  \(world.program.workspace)"))

            let said = events.of("delta").filter { $0.turn == end.turn }.compactMap(\.text).joined()
            #expect(said.contains("* tty:default · running · mode single"))
            #expect(said.contains("You said: the pineapple is ripe"))
            #expect(said.contains("the log of cm"))
            #expect(said.contains("agent: auto"))
            let calls = events.of("action").filter { $0.kind == "tool" && $0.status == "completed" }
            #expect(calls.count == 5, "\(events.of("action"))")
            #expect(try await world.program.left(within: .seconds(3)).isEmpty)
        }

        @Test func `in plan mode only the developer has them`() async throws {
            let look = "[[search: cm]] [[tool: mcp__cm/status {}]]"
            let model = try await FakeModel(
                "--when", "You are the reviewer", #"\#(look) [[say: {"result":"approved","feedback":"good"}]]"#,
                "--when", "You decide how", #"\#(look) [[say: {"mode":"plan","reason":"two files"}]]"#,
                "--when", "You are the planner", "\(look) [[say: 1. look]]",
                "--when", "You are the developer", "\(look) [[quote]] [[sh: echo 1 > made]] [[say: made]]")
            var program = try RealCodex.program(answeredBy: model)
            program.environment["CM_CHAT_MODE"] = nil
            program.environment["CM_CODEX_SANDBOX"] = "danger-full-access"
            program.environment["CM_CODEX_APPROVAL_POLICY"] = "never"
            try await program.makeRepository()
            let result = try await program.run(
                ["chat", "--json"], input: Array("write it\n".utf8), within: .seconds(60))
            #expect(try result.events().endings == ["ok: made"], "\(result.errors)")
            let requests = try model.requests()
            for role in ["You are the reviewer", "You decide how", "You are the planner", "You are the developer"] {
                let asked = requests.filter { $0.message.hasPrefix(role) }
                let looked = asked.flatMap(\.outputs)
                let saw = looked.contains { $0.contains("session    tty:default · mode plan") }
                #expect(!looked.isEmpty)
                #expect(saw == (role == "You are the developer"), "\(role): \(looked)")
                #expect(asked.contains { $0.conversation.contains("what these tools say") } == saw, "\(role)")
            }
            #expect(requests.flatMap(\.outputs).contains { $0.contains("write it") && $0.contains("· developer") })
        }
    }
}
