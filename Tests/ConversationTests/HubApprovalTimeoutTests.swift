import TestSupport
import Testing

@testable import Conversation

/// The limit of approvals, while the settings change it.
@Suite(.timeLimit(.minutes(1))) struct HubApprovalTimeoutTests {
    private let clock = ManualClock()
    private let denial = ApprovalDecision.deny(reason: "nobody answered in time")

    /// A core in which something has been asked, with `limit`.
    private func asked(
        _ limit: Duration?, _ body: (Hub, ScriptedShell, AsyncStream<Record>) async throws -> Void
    ) async throws {
        var configuration = HubConfiguration.test(clock: clock)
        configuration.approvalTimeout = limit
        let request = ApprovalRequest(id: "r1", kind: .command, title: "rm x")
        let shell = ScriptedShell(turns: [ScriptedStep.ask(request) + .answer("went on")])
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            _ = await events.first { $0.approval != nil }
            try await body(hub, shell, events)
        }
    }

    /// Moves the clock on when the limit of approvals is watched that ends at `moment`.
    private func pass(_ duration: Duration, when moment: Duration) async {
        await clock.sleeping(until: moment)
        clock.advance(by: duration)
    }

    @Test func `one that is set later counts for what is open`() async throws {
        try await asked(nil) { hub, shell, events in
            clock.advance(by: .seconds(30))
            await hub.configure { $0.approvalTimeout = .seconds(60) }
            await pass(.seconds(30), when: .seconds(60))
            _ = await events.collect(turns: 1)
            #expect(shell.answers == [denial])
            #expect(clock.now.offset == .seconds(60))
        }
    }

    @Test func `one that is set after longer than itself denies at once`() async throws {
        try await asked(nil) { hub, shell, events in
            clock.advance(by: .seconds(90))
            await hub.configure { $0.approvalTimeout = .seconds(60) }
            _ = await events.collect(turns: 1)
            #expect(shell.answers == [denial])
        }
    }

    @Test func `one that is shortened counts from the question on`() async throws {
        try await asked(.seconds(600)) { hub, shell, events in
            await pass(.seconds(30), when: .seconds(600))
            await hub.configure { $0.approvalTimeout = .seconds(60) }
            await pass(.seconds(30), when: .seconds(60))
            _ = await events.collect(turns: 1)
            #expect(shell.answers == [denial])
        }
    }

    @Test func `one that is removed denies nothing any more`() async throws {
        try await asked(.seconds(60)) { hub, shell, events in
            await pass(.seconds(30), when: .seconds(60))
            await hub.configure { $0.approvalTimeout = nil }
            clock.advance(by: .seconds(100))
            // The loop has looked since, or it would not know of this one.
            await hub.configure { $0.approvalTimeout = .seconds(3000) }
            await pass(.seconds(1), when: .seconds(3000))
            #expect(shell.answers.isEmpty)
            let reply = try await hub.command("/approve")
            #expect(reply?.ok == true)
            _ = await events.collect(turns: 1)
            #expect(shell.answers == [.allow])
        }
    }

    @Test func `one that is lengthened counts from the question on`() async throws {
        try await asked(.seconds(60)) { hub, shell, events in
            await pass(.seconds(30), when: .seconds(60))
            await hub.configure { $0.approvalTimeout = .seconds(120) }
            await pass(.seconds(60), when: .seconds(120))
            #expect(shell.answers.isEmpty)
            clock.advance(by: .seconds(30))
            _ = await events.collect(turns: 1)
            #expect(shell.answers == [denial])
        }
    }
}
