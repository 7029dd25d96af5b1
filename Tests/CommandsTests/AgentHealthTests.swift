import Conversation
import Testing

@testable import Commands

@Suite struct AgentHealthTests {
    private func status(_ isReady: Bool, _ error: String? = nil, isRunning: Bool = false) -> ShellStatus {
        ShellStatus(name: "codex", isRunning: isReady || isRunning, isReady: isReady, lastError: error)
    }

    @Test func `an agent that cannot be had is told once, and that it is back`() {
        var health = AgentHealth()
        #expect(health.take([status(false)]).isEmpty)
        let down = health.take([status(false, "it ended with code 1")])
        #expect(down.map(\.text) == ["codex is down: it ended with code 1"] && down[0].priority == .warning)
        #expect(health.take([status(false, "it ended with code 2")]).isEmpty)
        #expect(health.take([status(false, "it ended with code 2", isRunning: true)]).isEmpty)
        let up = health.take([status(true, "it ended with code 2")])
        #expect(up.map(\.text) == ["codex answers again"] && up[0].key != down[0].key)
        #expect(health.take([status(true)]).isEmpty)
    }

    @Test func `why an agent cannot be had is handed on whole, for secrets to be found in it`() {
        var health = AgentHealth()
        let reason = String(repeating: "x", count: 300)
        #expect(health.take([status(false, reason)]).map(\.text) == ["codex is down: \(reason)"])
    }

    @Test func `one that the settings have taken away does not come back`() {
        var health = AgentHealth()
        _ = health.take([status(false, "gone")])
        #expect(health.take([]).isEmpty)
        #expect(health.take([status(true)]).isEmpty)
    }
}
