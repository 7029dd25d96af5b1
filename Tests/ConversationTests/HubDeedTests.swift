import TestSupport
import Testing

@testable import Conversation

/// What agents have the core do.
@Suite(.timeLimit(.minutes(1))) struct HubDeedTests {
    private static let other = SessionID(rawValue: "tty:other")

    /// Has a turn run, and hands over the hub and its events, from which the start was read.
    private func withTurn(
        from origin: Message.Origin = .terminal, approvals: ApprovalRule = .none,
        _ body: (Hub, AsyncStream<Record>, Gate) async throws -> Void
    ) async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)] + .answer("done")])) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.submit(.test("go", from: origin, approvals: approvals), to: .test)
            _ = await events.collect(until: \.isStarted)
            try await body(hub, events, gate)
        }
    }

    private static func asked(_ events: AsyncStream<Record>) async throws -> Approval {
        let records = await events.collect { $0.approval != nil }
        return try #require(records.last?.approval)
    }

    @Test func `a deed waits for a person, is done when allowed, and reaches all who are attached`() async throws {
        try await withTurn { hub, events, gate in
            let elsewhere = try await hub.events(of: Self.other)
            async let told = hub.perform(.notify("the build is red"), forAgentOf: .test)
            let asked = try await Self.asked(events)
            #expect(asked.request.kind == .tool && asked.request.title == "cm: notify")
            #expect(asked.request.detail == "the build is red")
            _ = try await hub.answer(asked.id, .allow, from: .test(""), in: .test)
            #expect(try await told == "told everybody who is attached")
            let notice = await elsewhere.collect { $0.notice != nil }.last?.notice
            #expect(notice?.text == "the agent of tty:default: the build is red")
            gate.open()
        }
    }

    @Test func `a deed that is denied is not done`() async throws {
        try await withTurn { hub, events, _ in
            async let told = hub.perform(.notify("x"), forAgentOf: .test)
            let asked = try await Self.asked(events)
            _ = try await hub.answer(asked.id, .deny(reason: "not now"), from: .test(""), in: .test)
            do {
                Issue.record("it was done: \(try await told)")
            } catch let refusal as DeedRefusal {
                #expect(refusal == DeedRefusal("denied: not now"))
            }
        }
    }

    @Test(arguments: [(ApprovalRule.none, false), (.read, false), (.all, true)])
    func `in a script the rule decides`(rule: ApprovalRule, isDone: Bool) async throws {
        try await withTurn(from: .script, approvals: rule) { hub, _, _ in
            let told = try? await hub.perform(.notify("x"), forAgentOf: .test)
            #expect((told != nil) == isDone)
        }
    }

    @Test func `what is allowed for the session is not asked again`() async throws {
        try await withTurn { hub, events, _ in
            async let first = hub.perform(.notify("x"), forAgentOf: .test)
            let asked = try await Self.asked(events)
            _ = try await hub.answer(asked.id, .allowForSession, from: .test(""), in: .test)
            _ = try await first
            _ = try await hub.perform(.notify("x"), forAgentOf: .test)
        }
    }

    @Test func `without a running turn nothing is done`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            _ = await #expect(throws: DeedRefusal("no turn of tty:default runs, so nobody can be asked")) {
                _ = try await hub.perform(.notify("x"), forAgentOf: .test)
            }
        }
    }

    @Test func `the end of the turn closes the question`() async throws {
        try await withTurn { hub, events, gate in
            async let told = hub.perform(.notify("x"), forAgentOf: .test)
            _ = await events.collect { $0.approval != nil }
            gate.open()
            do {
                Issue.record("it was done: \(try await told)")
            } catch is DeedRefusal {}
            #expect(try await hub.openApprovals(of: .test).isEmpty)
        }
    }

    @Test func `a caller that goes away takes its question back`() async throws {
        try await withTurn { hub, events, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await hub.perform(.notify("x"), forAgentOf: .test) }
                let asked = try await Self.asked(events)
                group.cancelAll()
                let closed = await events.collect { $0.approval?.id == asked.id }.last?.approval
                #expect(closed?.answer?.basis == .withdrawal)
            }
        }
    }
}
