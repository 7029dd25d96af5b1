import Conversation
import TestSupport
import Testing

@testable import AgentShell

extension Contract {
    /// An interrupt ends the turn for good, whatever it is at, and nothing but the turn.
    func endsWhenInterrupted(at phase: Phase) async throws {
        let world = try await agent.world()
        try await withShell(in: world, asking: phase == .waiting) { shell in
            let thread = try await open(shell)
            guard let errand = errand(into: phase, in: world) else {
                if phase != .idle { note("an interrupt while \(phase)", doesNotApplyBecause: "it never is") }
                return try await ignoresInterrupts(thread, of: shell, in: world)
            }
            let story = try await play(errand, on: thread, in: world, at: phase) { await thread.interrupt() }
            #expect(story.result == .interrupted, "\(story)")
            switch phase {
            case .idle, .streaming: break
            case .running:
                #expect(story.deeds.map(\.status) == [.failed])
                try await world.place.commandIsGone()
            case .waiting:
                // Somebody answers too late.
                await thread.answer(try #require(story.requests.first).id, .allow)
            }
            try await checkNextTurn(after: thread, of: shell, in: world)
            #expect(world.place.text("made") == nil)
        }
    }

    /// Interrupts with no turn running do nothing, to the next turn neither.
    private func ignoresInterrupts(
        _ thread: any AgentThread, of shell: any AgentShell, in world: ContractWorld
    ) async throws {
        await thread.interrupt()
        let errand = try errand(.say("the first"), in: world)
        #expect(try await play(errand.prompt, on: thread).messages.last?.streamed == errand.answer)
        let took = await ContinuousClock().measure { await thread.interrupt() }
        #expect(took < .seconds(1))
        try await checkNextTurn(after: thread, of: shell, in: world)
    }

    /// When the shell ends, its turn ends, and nothing is left of what it does.
    func leavesNothing(at phase: Phase) async throws {
        let world = try await agent.world()
        guard let errand = errand(into: phase, in: world) else {
            return note("the end of the shell while \(phase)", doesNotApplyBecause: "it never is")
        }
        let (shell, run) = world.make(phase == .waiting)
        let running = Task { await run() }
        let story = try await play(errand, on: try await open(shell), in: world, at: phase) {
            running.cancel()
            await running.value
            #expect(world.place.processes == [])
        }
        #expect(story.error != nil || story.result == .interrupted, "\(story)")
        #expect(world.place.text("made") == nil)
        await #expect(throws: AgentError.self) {
            _ = try await play(errand.prompt, on: try await open(shell)).error.map { throw $0 }
        }
    }
}
