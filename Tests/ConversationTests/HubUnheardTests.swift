import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubUnheardTests {
    private static let command = ApprovalRequest(id: "r1", kind: .command, title: "rm x")
    private static let again = ApprovalRequest(id: "r2", kind: .command, title: "rm x")
    private static let other = ApprovalRequest(id: "r3", kind: .command, title: "rm y")

    @Test func `an agent that dies before it heard of a yes is told once more, and may do it once`() async throws {
        let dying = Gate()
        let shell = ScriptedShell { request in
            let asks = ScriptedStep.ask(Self.command)
            return request.text == "go"
                ? asks + [.wait(dying), .die] : asks + ScriptedStep.ask(Self.again) + .answer("done")
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            _ = try await hub.command("/approve \(asked.id)")
            dying.open()
            let outcome = try #require(await events.collect(turns: 1).last?.outcome)
            let text = "You had allowed \(asked.id) (rm x), and it may not have heard of it: it is told once more."
            #expect(outcome.status == .interrupted)
            #expect(outcome.error?.message == "the agent crashed. \(text)")
            let granted = try #require(
                await events.first { $0.approval?.answer?.basis == .grant(asked.id) }?.approval)
            #expect(granted.answer?.by == "ann (terminal)")
            #expect(await events.first { $0.approval?.request == Self.again }?.approval?.status == .asked)
            #expect(try await hub.state(of: .test).approvals.map(\.request) == [Self.again])
            let note = try #require(shell.texts.last)
            #expect(note.contains("Exactly this command is allowed now: rm x\nLook first whether"))
        }
    }

    @Test func `an agent that dies each time it is allowed is told once`() async throws {
        let shell = ScriptedShell { _ in ScriptedStep.ask(Self.command) + [.die] }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            _ = try await hub.command("/approve \(asked.id)")
            let message = await events.collect(turns: 2).last?.outcome?.error?.message
            #expect(message?.contains("had been allowed, and it may not have heard of it. Check the result") == true)
            let state = try await hub.state(of: .test)
            #expect(state.waiting.isEmpty && state.grants.isEmpty && !state.isBusy)
        }
    }

    @Test func `what a rule allows is not told once more`() async throws {
        let shell = ScriptedShell { _ in ScriptedStep.ask(Self.command) + [.die] }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.script("go", approvals: .all)
            _ = await events.collect(turns: 1)
            let state = try await hub.state(of: .test)
            #expect(state.waiting.isEmpty && state.grants.isEmpty && !state.isBusy)
        }
    }

    @Test func `a no that the agent may not have heard closes the request`() async throws {
        let dying = Gate()
        let shell = ScriptedShell { _ in ScriptedStep.ask(Self.command) + [.wait(dying), .die] }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            _ = try await hub.command("/deny \(asked.id)")
            dying.open()
            _ = await events.collect(turns: 1)
            let state = try await hub.state(of: .test)
            #expect(state.approvals.isEmpty && state.waiting.isEmpty && !state.isBusy)
        }
    }

    @Test func `two answers that were not heard are told in one turn`() async throws {
        let dying = Gate()
        let shell = ScriptedShell { request in
            guard request.text == "go" else {
                return ScriptedStep.ask(Self.other) + ScriptedStep.ask(Self.command) + .answer("done")
            }
            return [.event(.approval(Self.command)), .event(.approval(Self.other)), .wait(dying), .die]
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let oneRecord = await events.first { $0.approval != nil }
            let one = try #require(oneRecord?.approval)
            let twoRecord = await events.first { $0.approval != nil }
            let two = try #require(twoRecord?.approval)
            for id in [one.id, two.id] { _ = try await hub.command("/approve \(id)") }
            dying.open()
            let records = await events.collect(turns: 2)
            let bases = records.compactMap(\.approval?.answer?.basis)
            #expect(bases.suffix(2) == [.grant(two.id), .grant(one.id)])
            #expect(records.last?.outcome?.text == "done")
            #expect(shell.texts.count == 2)
        }
    }

    @Test func `an agent that reacted to a yes has heard of it`() async throws {
        let shell = ScriptedShell { _ in
            ScriptedStep.ask(Self.command) + [.act("rm x"), .die]
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            _ = try await hub.command("/approve \(asked.id)")
            let outcome = try #require(await events.collect(turns: 1).last?.outcome)
            #expect(outcome.error?.message.contains("rm x (completed)") == true)
        }
    }
}
