import Conversation
import TestSupport
import Testing

@testable import AgentShell

/// The core and Codex together: what neither can promise alone.
@Suite(.timeLimit(.minutes(1))) struct CodexConversationTests {
    @Test func `a turn during which Codex died before it acted runs again on the same thread`() async throws {
        let directory = try TemporaryDirectory()
        var standIn = StandIn("die-in-turn")
        standIn.environment["STANDIN_STATE"] = directory.path
        standIn.environment["STANDIN_DIE_ONCE"] = "1"
        let records = try await records(of: standIn, turns: 2)
        #expect(records.compactMap(\.outcome?.status) == [.interrupted, .ok])
        #expect(records.last?.outcome?.text == "You said: good day")
        #expect(records.compactMap(\.notice).isEmpty)
    }

    @Test func `a turn during which Codex died after it acted does not run again`() async throws {
        var standIn = StandIn("die-in-turn")
        standIn.environment["STANDIN_DIE_AFTER_ACTION"] = "1"
        let outcome = try #require(await records(of: standIn, turns: 1).last?.outcome)
        #expect(outcome.status == .interrupted)
        #expect(!outcome.runsAgain)
        #expect(outcome.error?.message.contains("touch done (completed)") == true)
    }

    @Test func `a turn that is cancelled ends, and the next one is answered`() async throws {
        try await StandIn("hang").run { shell in
            try await withHub(shell) { hub in
                let events = try await hub.events(of: .test)
                for text in ["one", "two"] {
                    _ = try await hub.type(text)
                    _ = await events.collect { $0.delta == "Working" }
                    _ = try await hub.type("/cancel")
                    #expect(await events.collect(turns: 1).last?.outcome?.status == .cancelled)
                }
            }
        }
    }

    @Test(arguments: [(ApprovalRule.none, "decline"), (.all, "accept")])
    func `an approval of Codex is answered by the rule`(rule: ApprovalRule, word: String) async throws {
        let records = try await records(of: StandIn("approval"), turns: 1, approvals: rule)
        #expect(records.last?.outcome?.text == "The decision was: \(word)")
        #expect(records.compactMap(\.approval?.status) == [.asked, rule == .all ? .allowed : .denied])
    }

    private func records(
        of standIn: StandIn, turns: Int, approvals: ApprovalRule = .none
    ) async throws -> [Record] {
        try await standIn.run { shell in
            try await withHub(shell) { hub in
                let events = try await hub.events(of: .test)
                _ = try await hub.script("good day", approvals: approvals)
                return await events.collect(turns: turns)
            }
        }
    }
}
