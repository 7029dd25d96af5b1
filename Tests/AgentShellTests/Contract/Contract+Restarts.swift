import Conversation
import TestSupport
import Testing

@testable import AgentShell

extension Contract {
    /// After a restart the conversation goes on; what cannot be resumed is begun anew with the end of it.
    func goesOnAfterARestart() async throws {
        let world = try await agent.world(), journal = InMemoryJournal()
        let first = try errand(.say("the pineapple"), in: world), next = try errand(.say("the next one"), in: world)
        try await withHub(in: world, journal: journal) { hub, events in
            _ = try await hub.submit(.test(first.prompt), to: .test)
            #expect(await events.collect(turns: 1).last?.outcome?.text == first.answer)
        }
        try await withHub(in: world, journal: journal) { hub, events in
            _ = try await hub.submit(.test(next.prompt), to: .test)
            let records = await events.collect(turns: 1)
            #expect(records.last?.outcome?.status == .ok)
            let hasNotice = records.contains {
                $0.notice?.text.contains("no longer has the earlier conversation") == true
            }
            #expect(hasNotice == (agent.memory == .digest))
            let told = try world.told()
            #expect(told.contains("the pineapple") == (agent.memory != .none))
            #expect(told.contains("You no longer have the earlier conversation.") == (agent.memory == .digest))
            if agent.memory != .digest { #expect(records.last?.outcome?.text == next.answer) }
        }
    }

    /// A thread that the agent does not have is replaced by a new one.
    func replacesUnknownThreads() async throws {
        let world = try await agent.world(), errand = try errand(.say("hello"), in: world)
        let unknown = "11111111-1111-4111-8111-111111111111"
        try await withShell(in: world) { shell in
            let thread = try await open(shell, resume: unknown)
            #expect(thread.id != unknown)
            #expect(try await play(errand.prompt, on: thread).messages.last?.streamed == errand.answer)
            #expect(thread.id != unknown)
        }
    }
}
