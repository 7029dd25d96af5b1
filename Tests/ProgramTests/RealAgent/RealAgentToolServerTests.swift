import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The servers of tools that released agents start, and their ends.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(2)))
    struct RealAgentToolServerTests {
        private static let agents = [ProvidedAgent.codex, .copilot]

        /// A program whose agent has called a tool.
        private func start(_ world: ProviderWorld, _ agent: ProvidedAgent) async throws -> Run {
            let run = try world.program.start("chat", "--json")
            run.send(agent.calls("status") + "\n")
            let end = try await run.output.event("turn.finished")
            #expect(end.text?.contains("session    tty:default") == true)
            #expect(!world.program.toolServers.isEmpty)
            return run
        }

        @Test(arguments: agents)
        func `a core that is killed leaves none of them`(agent: ProvidedAgent) async throws {
            let world = try await ProviderWorld.forTools(of: agent)
            let run = try await start(world, agent)
            run.signal(SIGKILL)
            try await run.ended()
            #expect(try await world.program.left(within: .seconds(3)).isEmpty)
        }

        @Test(arguments: agents)
        func `an agent that was killed is replaced, and the next one has the tools`(agent: ProvidedAgent) async throws {
            let world = try await ProviderWorld.forTools(of: agent)
            let run = try await start(world, agent)
            let child = try #require(world.program.keptChildren.last)
            let first = world.program.toolServers
            kill(child.program.pid, SIGKILL)
            for server in first { #expect(try await server.ends(within: .seconds(5))) }
            run.send(agent.calls("status") + "\n")
            // A turn that met the end of the agent runs again.
            let end = try await run.output.event("turn.finished") { $0.status == "ok" }
            #expect(end.text?.contains("session    tty:default") == true)
            run.closeInput()
            #expect(try await run.ended().status == 0)
            #expect(try await world.program.left(within: .seconds(3)).isEmpty)
        }
    }
}
