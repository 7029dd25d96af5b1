import Conversation
import TestSupport
import Testing

@testable import AgentShell

extension Contract {
    /// What a person answers to a request.
    enum Reply: String, CaseIterable, CustomTestStringConvertible {
        case allowed, denied, deniedWithReason

        var testDescription: String { rawValue }

        func command(_ approval: Approval) -> String {
            switch self {
            case .allowed: "/approve \(approval.id)"
            case .denied: "/deny \(approval.id)"
            case .deniedWithReason: "/deny \(approval.id) not on a Friday"
            }
        }
    }

    /// A command is done when a person allows it, not before, and not when it is denied; a reason reaches the agent.
    func asksBeforeCommands(_ reply: Reply) async throws {
        try await asks(for: .command("made"), kind: .command, file: "made", reply)
    }

    /// The same for a changed file.
    func asksBeforeChangedFiles(_ reply: Reply) async throws {
        try await asks(for: .file("changed"), kind: .file, file: "changed", reply)
    }

    private func asks(for deed: Deed, kind: ApprovalRequest.Kind, file: String, _ reply: Reply) async throws {
        let world = try await agent.world()
        guard agent.can(.asks) else { return try await neverAsks(for: deed, in: world) }
        let errand = try errand(deed, in: world), next = try self.errand(.say("the next one"), in: world)
        try await withHub(in: world, asking: true) { hub, events in
            _ = try await hub.submit(.test(errand.prompt), to: .test)
            let approval = try await events.approval()
            #expect(approval.request.kind == kind)
            #expect(approval.request.title.contains(errand.title), "\(approval.request)")
            #expect(world.place.text(file) == nil, "it was done before it was allowed")
            #expect(try await hub.command(reply.command(approval))?.ok == true)

            let records = await events.collect(turns: 1), outcome = records.last?.outcome
            #expect(outcome?.status == .ok)
            let text = outcome?.text ?? ""
            // An agent that is told the reason at once may answer to that.
            let answersToReason = reply == .deniedWithReason && text.contains("not on a Friday")
            #expect(text == errand.answer || answersToReason, "\(text)")
            let action = records.compactMap(\.action).last
            #expect(action?.status == (reply == .allowed ? .completed : .declined))
            #expect((world.place.text(file) != nil) == (reply == .allowed))

            // A reason that has no place in the turn comes with the next message.
            _ = try await hub.submit(.test(next.prompt), to: .test)
            let after = await events.collect(turns: 1).last?.outcome?.text ?? ""
            #expect(after.hasSuffix("the next one"), "\(after)")
            if reply == .deniedWithReason { #expect(try world.told().contains("not on a Friday")) }
        }
    }

    /// What is allowed for the session is asked once, in the next process, too.
    func remembersWhatIsAllowedForTheSession() async throws {
        let world = try await agent.world()
        guard agent.can(.asks) else { return try await neverAsks(for: .command("made"), in: world) }
        let errand = try errand(.command("made"), in: world), journal = InMemoryJournal()
        try await withHub(in: world, asking: true, journal: journal) { hub, events in
            _ = try await hub.submit(.test(errand.prompt), to: .test)
            let approval = try await events.approval()
            #expect(try await hub.command("/approve \(approval.id) session")?.ok == true)
            #expect(await events.collect(turns: 1).last?.outcome?.status == .ok)
            _ = try await hub.submit(.test(errand.prompt), to: .test)
            let records = await events.collect(turns: 1)
            #expect(records.last?.outcome?.status == .ok)
            #expect(!records.contains { $0.approval?.answer?.basis == .person })
        }
        try await withHub(in: world, asking: true, journal: journal) { hub, events in
            _ = try await hub.submit(.test(errand.prompt), to: .test)
            let records = await events.collect(turns: 1)
            #expect(records.last?.outcome?.status == .ok)
            #expect(!records.contains { $0.approval?.answer?.basis == .person })
        }
        #expect(world.place.text("made") == "x\nx\nx\n")
    }

    /// An agent that cannot ask does what it does without.
    private func neverAsks(for deed: Deed, in world: ContractWorld) async throws {
        note("approvals", doesNotApplyBecause: "it never asks")
        let errand = try world.errand(deed) ?? errand(.say("this"), in: world)
        try await withHub(in: world, asking: true) { hub, events in
            _ = try await hub.submit(.test(errand.prompt), to: .test)
            let records = await events.collect(turns: 1)
            #expect(records.last?.outcome?.status == .ok)
            #expect(records.last?.outcome?.text == errand.answer)
            #expect(!records.contains { $0.approval != nil })
        }
    }
}
