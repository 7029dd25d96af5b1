import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Released agents that want to tell people something.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentNotifyTests {
        private static let offer = "allow? y once · s session · n deny · e deny with a reason · v view » "
        private static let agents = [ProvidedAgent.codex, .copilot]

        private func script(_ agent: ProvidedAgent) -> String {
            agent.calls("notify", arguments: #"{"text":"lunch is ready"}"#, then: "[[say: so be it]]")
        }

        private func start(_ program: Program, _ arguments: String...) async throws -> Run {
            let run = try program.startAtTerminal("chat", "--session", arguments.first ?? "default")
            try await run.output.read(through: "/help")
            return run
        }

        @Test(arguments: agents, [("y", true), ("n", false)])
        func `one key lets the agent tell everybody, or not`(
            agent: ProvidedAgent, answer: (key: String, isAllowed: Bool)
        ) async throws {
            let world = try await ProviderWorld.forTools(of: agent)
            let run = try await start(world.program), other = try await start(world.program, "other")
            run.send(script(agent) + "\r")
            let asked = try await run.output.read(through: Self.offer)
            #expect(asked.contains(/a\d+ wants to use a tool\n  ⚙ cm: notify\n/), "\(asked)")
            #expect(asked.contains("  lunch is ready\n"))
            run.send(answer.key)
            try await run.output.read(through: "cm: notify · \(answer.isAllowed ? "allowed once" : "denied")")
            if answer.isAllowed {
                try await run.output.read(through: "the agent of tty:default: lunch is ready")
                try await other.output.read(through: "the agent of tty:default: lunch is ready")
            }
            try await run.output.read(through: "so be it")
            try await run.output.read(through: "✓ ")
            #expect(world.told.contains("told everybody who is attached") == answer.isAllowed)
            #expect(world.told.contains("denied") != answer.isAllowed)
            other.send("\u{4}")
            #expect(try await other.ended().output.contains("lunch is ready") == answer.isAllowed)
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
            #expect(try await world.program.left(within: .seconds(3)).isEmpty)
        }

        @Test(
            arguments: [
                (.codex, "none", "denied"), (.codex, "all", "allowed"), (.copilot, "none", "denied"),
            ] as [(ProvidedAgent, String, String)])
        func `in a script it is decided at once`(
            agent: ProvidedAgent, rule: String, decision: String
        ) async throws {
            let world = try await ProviderWorld.forTools(of: agent)
            let (result, events) = try await world.chat(script(agent), "--approve", rule)
            #expect(result.status == 0)
            #expect(events.of("approval").map(\.status) == ["asked", decision])
            #expect(events.of("approval").map(\.title) == ["cm: notify", "cm: notify"])
            let isAllowed = rule == "all"
            #expect(events.of("notice").contains { $0.text?.hasSuffix("lunch is ready") == true } == isAllowed)
            #expect(world.told.contains("told everybody who is attached") == isAllowed)
            #expect(world.told.contains("denied") != isAllowed)
            #expect(events.endings == ["ok: so be it"])
        }

        @Test(arguments: agents)
        func `stopped while it waits for an answer, the turn leaves nothing open`(agent: ProvidedAgent) async throws {
            let world = try await ProviderWorld.forTools(of: agent)
            let run = try await start(world.program)
            run.send(script(agent) + "\r")
            try await run.output.read(through: Self.offer)
            run.send("\u{3}")
            try await run.output.read(through: "■ stopped after ")
            run.send("/status\r")
            let status = try await run.output.read(through: "directory  ")
            #expect(status.contains("running    nothing") && status.contains("last run   cancelled"))
            #expect(!status.contains("asked      "))
            // The agent is as good as before.
            run.send(agent.calls("status") + "\r")
            try await run.output.read(through: "session    tty:default · mode single")
            try await run.output.read(through: "✓ ")
            #expect(!world.told.contains("told everybody"))
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
            #expect(try await world.program.left(within: .seconds(3)).isEmpty)
        }
    }
}
