import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubUnheardTests {
    private static let command = ApprovalRequest(id: "r1", kind: .command, title: "rm x")

    @Test func `an agent that dies before it heard of a yes is told of`() async throws {
        let dying = Gate()
        let shell = ScriptedShell { _ in ScriptedStep.ask(Self.command) + [.wait(dying), .die] }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let asked = try #require(await events.first { $0.approval != nil }?.approval)
            _ = try await hub.command("/approve \(asked.id)")
            dying.open()
            let outcome = try #require(await events.collect(turns: 1).last?.outcome)
            let text = "You had allowed \(asked.id) (rm x), and it may not have heard of it."
            #expect(outcome.status == .interrupted)
            #expect(outcome.error?.message.contains(text) == true)
        }
    }

    @Test func `an agent that reacted to a yes has heard of it`() async throws {
        let shell = ScriptedShell { _ in
            ScriptedStep.ask(Self.command) + [.act("rm x"), .die]
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let asked = try #require(await events.first { $0.approval != nil }?.approval)
            _ = try await hub.command("/approve \(asked.id)")
            let outcome = try #require(await events.collect(turns: 1).last?.outcome)
            #expect(outcome.error?.message.contains("rm x (completed)") == true)
        }
    }
}
