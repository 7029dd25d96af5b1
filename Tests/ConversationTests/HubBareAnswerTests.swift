import TestSupport
import Testing

@testable import Conversation

/// A bare `/approve`, `/deny` or `/answer` that is dealt with long after it was written.
@Suite(.timeLimit(.minutes(1))) struct HubBareAnswerTests {
    private static let first = ApprovalRequest(id: "r1", kind: .command, title: "rm x")
    private static let second = ApprovalRequest(id: "r2", kind: .command, title: "rm y")

    /// A message that was written at that second of the hub's clock.
    private func late(_ text: String, at seconds: Int64) -> Message {
        var message = Message.test(text, from: .telegram)
        message.writtenAt = Timestamp(millisecondsSince1970: seconds * 1000)
        return message
    }

    private func reply(_ hub: Hub, to message: Message) async throws -> CommandReply {
        let handled = try await hub.handle(message, in: .test)
        let reply: CommandReply? = if case .replied(let reply) = handled { reply } else { nil }
        return try #require(reply)
    }

    /// A hub in whose session the agent asked for the first at 10 s and, after its answer, for the second at 20 s.
    private func withTwo(_ body: (Hub, ScriptedShell, [Approval]) async throws -> Void) async throws {
        let clock = ManualClock()
        let shell = ScriptedShell(
            turns: [ScriptedStep.ask(Self.first) + ScriptedStep.ask(Self.second) + .answer("done")])
        try await withHub(shell, configuration: .test(clock: clock)) { hub in
            let events = try await hub.events(of: .test, answers: true)
            clock.advance(by: .seconds(10))
            _ = try await hub.type("go")
            let asked = await events.first { $0.approval?.status == .asked }
            let first = try #require(asked?.approval)
            clock.advance(by: .seconds(10))
            let allowed = try await hub.answer(first.id, .allow, from: .test(""), in: .test)
            #expect(allowed != .unknown)
            let again = await events.first { $0.approval?.status == .asked }
            let second = try #require(again?.approval)
            try await body(hub, shell, [first, second])
        }
    }

    @Test(arguments: ["/approve", "/deny", "/deny not today", "/approve session"])
    func `what was written before the request was asked does not answer it, and says so`(text: String) async throws {
        try await withTwo { hub, shell, approvals in
            let reply = try await reply(hub, to: late(text, at: 15))
            #expect(!reply.ok)
            #expect(reply.text.hasPrefix("\(approvals[1].id) (rm y) was asked after you wrote this"))
            let open = try await hub.openApprovals(of: .test)
            #expect(open == [approvals[1]])
            #expect(shell.answers.count == 1)
        }
    }

    @Test func `what was written when several were open answers none of them`() async throws {
        let clock = ManualClock()
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.first) + .answer("done")])
        try await withHub(shell, configuration: .test(clock: clock)) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval?.status == .asked }
            let asked = try #require(askedRecord?.approval)
            let state = try await hub.state(of: .test)
            let turn = try #require(state.running?.turn.id)
            // Asked beside it, and answered after the other was written.
            clock.advance(by: .seconds(10))
            _ = try await hub.ask(Self.second, in: turn, of: .test)
            let open = try await hub.openApprovals(of: .test)
            #expect(open.count == 2)
            clock.advance(by: .seconds(10))
            let second = try #require(open.last)
            let answered = try await hub.answer(second.id, .allow, from: .test(""), in: .test)
            #expect(answered != .unknown)
            let reply = try await reply(hub, to: late("/approve", at: 15))
            #expect(!reply.ok)
            #expect(reply.text == "several were open when you wrote this; say which, for example /approve \(asked.id)")
            let later = try await self.reply(hub, to: late("/approve", at: 20))
            #expect(later.ok)
        }
    }

    @Test func `what was open at a moment is told with what became of it since`() async throws {
        try await withTwo { hub, _, approvals in
            func ids(at seconds: Int64) async throws -> [Approval.ID] {
                let moment = Timestamp(millisecondsSince1970: seconds * 1000)
                return try await hub.approvals(of: .test, openAt: moment).map(\.id)
            }
            // The first was allowed at 20 s.
            let before = try await ids(at: 15), after = try await ids(at: 20)
            #expect(before == approvals.map(\.id) && after == [approvals[1].id])
            let told = try await hub.approvals(of: .test, openAt: Timestamp(millisecondsSince1970: 15_000))
            #expect(told.map(\.answer?.by) == ["ann (terminal)", nil])
            let events = try await hub.events(of: .test)
            _ = try await hub.answer(approvals[1].id, .allow, from: .test(""), in: .test)
            _ = await events.collect(turns: 1)
            let ended = try await ids(at: 15), none = try await ids(at: 20)
            #expect(ended == approvals.map(\.id) && none.isEmpty)
        }
    }

    @Test func `what was written after it answers it, and so does what names it, whenever it was written`() async throws
    {
        try await withTwo { hub, _, approvals in
            let named = try await reply(hub, to: late("/approve \(approvals[1].id)", at: 15))
            #expect(named.ok && named.text == "allowed once: rm y")
        }
        try await withTwo { hub, _, _ in
            let bare = try await reply(hub, to: late("/deny", at: 20))
            #expect(bare.ok && bare.text == "denied: rm y")
        }
    }
}
