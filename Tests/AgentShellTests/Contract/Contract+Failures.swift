import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

extension Contract {
    /// A failure of the provider ends the turn with its kind, and the next turn works.
    func tellsOfFailures(_ failure: ProviderFailure) async throws {
        let world = try await agent.world()
        guard agent.can(.provider) else {
            note("a provider that fails", doesNotApplyBecause: "it has none")
            guard let errand = world.errand(.fail(failure)) else { return }
            return try await fails(errand, with: .process, in: world)
        }
        try await fails(errand(.fail(failure), in: world), with: failure.kind, in: world)
    }

    private func fails(_ errand: Errand, with kind: TurnError.Kind, in world: ContractWorld) async throws {
        let next = try self.errand(.say("the next one"), in: world)
        try await withHub(in: world) { hub, events in
            _ = try await hub.submit(.test(errand.prompt), to: .test)
            let records = await events.collect(turns: 1), outcome = records.last?.outcome
            #expect(outcome?.status == .error)
            #expect(outcome?.error?.kind == kind, "\(String(describing: outcome?.error))")
            #expect(outcome?.error?.message.isEmpty == false)
            #expect(outcome?.runsAgain == false)
            _ = try await hub.submit(.test(next.prompt), to: .test)
            let after = await events.collect(turns: 1).last?.outcome
            #expect(after?.status == .ok, "\(String(describing: after?.error))")
            #expect(after?.text == next.answer)
        }
    }

    /// A process that is killed ends its turn as died and leaves nothing; a new one takes over.
    func survivesKills(at phase: Phase) async throws {
        let world = try await agent.world()
        guard agent.can(.process), agent.can(.persists) || phase != .idle else {
            return note("a kill while \(phase)", doesNotApplyBecause: "it has no process then")
        }
        let errand = errand(into: phase, in: world), first = try self.errand(.say("the pineapple"), in: world)
        guard phase == .idle || errand != nil else {
            return note("a kill while \(phase)", doesNotApplyBecause: "it never is")
        }
        try await withShell(in: world, asking: phase == .waiting) { shell in
            let thread = try await open(shell)
            #expect(try await play(first.prompt, on: thread).result == .completed)
            if agent.memory == .thread {
                // What an agent has not written yet dies with it; the next turn then begins with a digest.
                try await eventually("the turn is kept") { world.place.keeps("the pineapple") ? () : nil }
            }
            let id = thread.id, earlier = await shell.status().pid
            let stop: @Sendable () async throws -> Void = {
                let pid = try #require(await shell.status().pid)
                #expect(kill(pid, SIGKILL) == 0)
            }
            if let errand {
                let story = try await play(errand, on: thread, in: world, at: phase, stop)
                #expect(story.error?.code == .died, "\(story)")
            } else {
                try await stop()
                try await eventually("the shell knows") { await shell.status().pid == earlier ? nil : () }
            }
            if phase == .running { try await world.place.commandIsGone() }
            try await goesOn(after: id, of: shell, in: world)
            if agent.can(.persists) { #expect(await shell.status().pid != earlier) }
            #expect(world.place.text("made") == nil)
        }
    }

    /// What was said before is known, as far as the agent can.
    private func goesOn(after id: String?, of shell: any AgentShell, in world: ContractWorld) async throws {
        let next = try errand(.say("the next one"), in: world)
        let thread = try await open(shell, resume: id)
        switch agent.memory {
        case .thread: #expect(thread.id == id)
        case .digest: #expect(thread.id != id)
        case .none: #expect(thread.id == nil)
        }
        let story = try await play(next.prompt, on: thread)
        #expect(story.result == .completed)
        #expect(story.messages.last?.streamed == next.answer)
        #expect(try world.told().contains("the pineapple") == (agent.memory == .thread))
    }
}
