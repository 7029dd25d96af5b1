import TestSupport
import Testing

@testable import Conversation

/// Secrets in what the core quotes in part: none of them may be left.
@Suite(.timeLimit(.minutes(1))) struct HubSecrecyTests {
    private let journal = InMemoryJournal()
    private let ledger = InMemoryNotifications()
    private let clock = ManualClock()

    private var configuration: HubConfiguration {
        var configuration = HubConfiguration.test(clock: clock)
        configuration.redact = CutSecret.redact
        return configuration
    }

    private static func request(_ limit: Int, _ id: String = "r1") -> ApprovalRequest {
        ApprovalRequest(id: id, kind: .command, title: CutSecret.text(cutAt: limit))
    }

    /// A text tells something of `count` texts with a secret, and nothing of the secret.
    private func expectSecrecy(
        _ text: String?, quoting count: Int = 1, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let text = try #require(text, sourceLocation: location)
        #expect(text.split(separator: "xxxxx***").count == count + 1, "\(text)", sourceLocation: location)
        #expect(!text.contains(CutSecret.beginning), "\(text)", sourceLocation: location)
    }

    /// Has the agent ask `request` in a turn of a message with `text`, and `body` look at it.
    private func asking(
        _ request: ApprovalRequest, after steps: [ScriptedStep] = [], saying text: String = "go",
        _ body: (Hub, Approval) async throws -> Void
    ) async throws {
        let shell = ScriptedShell(turns: [steps + ScriptedStep.ask(request) + .answer("done")])
        try await withHub(shell, journal: journal, configuration: configuration) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type(text)
            let askedRecord = await events.first { $0.approval != nil }
            try await body(hub, #require(askedRecord?.approval))
        }
    }

    @Test func `neither the status nor the queue has the beginning of a secret`() async throws {
        let act = ScriptedStep.act(CutSecret.text(cutAt: 40), status: .started)
        try await asking(Self.request(80), after: [act], saying: CutSecret.text(cutAt: 60)) { hub, _ in
            try await expectSecrecy(hub.command("/status")?.text, quoting: 3)
            _ = try await hub.type(CutSecret.text(cutAt: 80))
            try await expectSecrecy(hub.command("/queue")?.text, quoting: 2)
        }
    }

    @Test func `the status tells why the last turn failed without the beginning of a secret`() async throws {
        let failure = TurnError(kind: .context, message: CutSecret.text(cutAt: 120))
        let shell = ScriptedShell(turns: [[.event(.began), .event(.finished(.failed(failure)))]])
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.collect(turns: 1)
            try await expectSecrecy(hub.command("/status")?.text)
        }
    }

    @Test func `the answer to an approval has not the beginning of a secret`() async throws {
        try await asking(Self.request(80)) { hub, _ in
            try await expectSecrecy(hub.command("/approve")?.text)
        }
    }

    @Test func `what is open is listed without the beginning of a secret`() async throws {
        try await asking(Self.request(40)) { hub, first in
            try await expectSecrecy(hub.command("/approve a99")?.text)
            var early = Message.test("/approve", from: .telegram)
            early.writtenAt = Timestamp(millisecondsSince1970: first.askedAt.millisecondsSince1970 - 1)
            guard case .replied(let late) = try await hub.handle(early, in: .test) else {
                Issue.record("no reply")
                return
            }
            #expect(late.text.contains("was asked after you wrote this"))
            try expectSecrecy(late.text)
            _ = try await hub.ask(Self.request(40, "r2"), in: first.turn, of: .test)
            try await expectSecrecy(hub.command("/approve")?.text, quoting: 2)
        }
    }

    @Test func `a turn that a crash cut off is told without the beginning of a secret, and so is what it asks`()
        async throws
    {
        try await asking(Self.request(80), saying: CutSecret.text(cutAt: 60)) { _, _ in }
        var configuration = configuration
        configuration.notifications = ledger
        try await withHub(ScriptedShell(turns: []), journal: journal, configuration: configuration) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 1)
            try expectSecrecy(records.last?.outcome?.error?.message)
            let told = try await eventually("it is told") { await ledger.texts.first }
            try expectSecrecy(told, quoting: 2)
        }
    }

    @Test func `why a turn was cut off is told without the beginning of a secret`() async throws {
        var running = RunningTurn(
            turn: Turn(
                id: Turn.ID(rawValue: 2),
                SessionState.Waiting(id: Message.ID(rawValue: 1), message: .test("go"), attempt: 1)),
            startedAt: Timestamp(millisecondsSince1970: 0))
        running.hasActed = true
        let error = TurnError(kind: .process, message: CutSecret.text(cutAt: 300))
        var configuration = configuration
        configuration.notifications = ledger
        try await withHub(ScriptedShell(turns: []), configuration: configuration) { [running] hub in
            await hub.notifyOfCrash(running, Outcome(status: .interrupted, error: error), in: .test)
            let told = try await eventually("it is told") { await ledger.texts.first }
            try expectSecrecy(told)
        }
    }

    @Test func `a notification that is too long is cut behind its secrets`() async throws {
        try await withHub(ScriptedShell(turns: []), configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            let text = CutSecret.text(cutAt: 2_000) + String(repeating: "y", count: 2_000)
            try await hub.notify(Announcement(.info, key: "k", text, of: "agent"))
            let told = await events.first { $0.notice != nil }?.notice?.text
            try expectSecrecy(told)
            #expect(told?.count == 2_000 && told?.hasSuffix("y…") == true)
        }
    }

    @Test func `the use of turns names them without the beginning of a secret`() async throws {
        let usage = ScriptedStep.event(.usage(Usage(inputTokens: 10, outputTokens: 1)))
        let shell = ScriptedShell(turns: [[usage] + .answer("ok")])
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type(CutSecret.text(cutAt: 32))
            _ = await events.collect(turns: 1)
            try await expectSecrecy(hub.command("/usage turns")?.text)
        }
    }

    @Test(arguments: ["/approve", "/quiet", "/quiet until"])
    func `misused commands quote no beginning of a secret`(command: String) async throws {
        try await withHub(ScriptedShell(turns: []), configuration: configuration) { hub in
            let reply = try await hub.command("\(command) \(CutSecret.text(cutAt: 40))")
            #expect(reply?.ok == false)
            try expectSecrecy(reply?.text)
        }
    }

    @Test func `what a reviewer still wants is remarked without the beginning of a secret`() async throws {
        var configuration = configuration
        configuration.mode = .plan
        configuration.maxReviewRounds = 1
        configuration.changes = ScriptedChanges()
        let shell = ScriptedShell(turns: [
            .answer(#"{"mode":"plan","reason":"big"}"#), .answer("plan"), .answer("tried"),
            .answer(#"{"result":"needs_changes","feedback":"\#(CutSecret.text(cutAt: 1_200))"}"#),
        ])
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            let notices = await events.collect(turns: 1).compactMap(\.notice?.text)
            try expectSecrecy(notices.last)
        }
    }
}
