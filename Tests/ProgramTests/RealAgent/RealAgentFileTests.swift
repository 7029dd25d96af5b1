import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Released agents that hand a file over.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentFileTests {
        @Test(arguments: [ProvidedAgent.codex, .copilot], ["none", "all"])
        func `an agent hands a file over where that is allowed`(agent: ProvidedAgent, rule: String) async throws {
            let world = try await ProviderWorld.forTools(of: agent)
            try world.program.write("made", to: "workspace/report.md")
            let script = agent.calls(
                "send_file", arguments: #"{"path":"report.md"}"#, then: "[[say: so be it]]")
            let (result, events) = try await world.chat(script, "--approve", rule)
            let isAllowed = rule == "all"
            #expect(result.status == 0)
            #expect(events.of("approval").map(\.status) == ["asked", isAllowed ? "allowed" : "denied"])
            #expect(events.of("approval").map(\.title) == ["cm: send_file", "cm: send_file"])
            #expect(
                events.of("notice").contains { $0.text?.hasPrefix("report.md · 4 bytes · /") == true } == isAllowed)
            #expect(world.told.contains("handed over: report.md") == isAllowed)
            #expect(events.endings == ["ok: so be it"])
        }
    }
}
