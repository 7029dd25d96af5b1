import TestSupport
import Testing

@testable import Conversation

/// What becomes of a request that needs nobody, and of one that a person answers.
@Suite(.timeLimit(.minutes(1))) struct HubApprovalTests {
    private static let command = ApprovalRequest(id: "r1", kind: .command, title: "rm x")
    private static let file = ApprovalRequest(id: "r1", kind: .file, title: "x.txt")
    private static let reading = ApprovalRequest(id: "r1", kind: .tool, title: "look up", isReadOnly: true)
    private static let writing = ApprovalRequest(id: "r1", kind: .tool, title: "change")
    private static let question = ApprovalRequest(id: "r1", kind: .question, title: "which one?", choices: ["a", "b"])

    // MARK: Nobody to ask

    @Test(arguments: [
        (ApprovalRule.none, command, false), (.none, reading, false), (.read, command, false), (.read, file, false),
        (.read, reading, true), (.read, writing, false), (.all, command, true), (.all, file, true),
        (.all, reading, true), (.all, writing, true), (.all, question, false), (.none, question, false),
    ])
    func `without a person a request is answered by the rule at once`(
        rule: ApprovalRule, asked: ApprovalRequest, isAllowed: Bool
    ) async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(asked) + .answer("went on")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.script("go", approvals: rule)
            let records = await events.collect(turns: 1)
            let approvals = records.compactMap(\.approval)
            #expect(approvals.map(\.status) == [.asked, isAllowed ? .allowed : .denied])
            #expect(approvals.map(\.request) == [asked, asked])
            #expect(approvals.last?.answer?.by == "--approve \(rule.rawValue)")
            #expect(shell.answers.map(\.isPositive) == [isAllowed])
            #expect(records.last?.outcome?.text == "went on")
            #expect(records.compactMap(\.notice).isEmpty == isAllowed)
        }
    }

    @Test func `a read-only mark on a command or file counts for nothing`() {
        for kind in [ApprovalRequest.Kind.command, .file, .question] {
            #expect(!ApprovalRule.read.allows(ApprovalRequest(id: "1", kind: kind, title: "x", isReadOnly: true)))
        }
    }

    @Test func `a denial is remarked with the way to allow it`() async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + .answer("no then")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.script("go")
            let text = "denied: rm x (nobody is asked; --approve all allows what the agent asks for)"
            #expect(await events.collect(turns: 1).compactMap(\.notice) == [Notice(.warn, text)])
        }
    }

    @Test func `the request is on disk before the agent gets its answer`() async throws {
        let journal = InMemoryJournal(), disk = Gate()
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + .answer("ok")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            journal.hold(at: disk) { $0.contains { $0.approval?.status == .asked } }
            _ = try await hub.script("go")
            await disk.reached()
            #expect(shell.answers.isEmpty)
            disk.open()
            _ = await events.collect(turns: 1)
            #expect(shell.answers.count == 1)
        }
    }

    // MARK: A person

    @Test(arguments: [
        ("/approve", "", ApprovalDecision.allow, "allowed once: rm x"),
        ("/approve", " session", .allowForSession, "allowed for this session: rm x"),
        ("/deny", "", .deny(reason: nil), "denied: rm x"),
        ("/deny", " not  today", .deny(reason: "not  today"), "denied: rm x"),
    ])
    func `a person answers by a command`(
        command: String, rest: String, decision: ApprovalDecision, text: String
    ) async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + .answer("done")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            #expect(shell.answers.isEmpty)
            let reply = try await hub.command("\(command) \(asked.id)\(rest)")
            #expect(reply == CommandReply(name: String(command.dropFirst()), ok: true, text: text, untold: ""))
            let records = await events.collect(turns: 1)
            #expect(
                records.compactMap(\.approval).map(\.answer) == [.init(decision, by: "ann (terminal)", basis: .person)])
            #expect(shell.answers == [decision])
            #expect(records.last?.outcome?.status == .ok)
        }
    }

    @Test func `a question is answered in words`() async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.question) + .answer("done")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            let refused = try await hub.command("/approve \(asked.id)")
            #expect(refused?.text == "\(asked.id) is a question: /answer \(asked.id) <text>, or /deny \(asked.id)")
            #expect(refused?.ok == false)
            #expect(try await hub.command("/answer \(asked.id) the  red one")?.ok == true)
            _ = await events.collect(turns: 1)
            #expect(shell.answers == [.answer("the  red one")])
        }
    }

    @Test func `the first answer counts, and the second is told whose it was`() async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + [.hang]])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            _ = try await hub.command("/deny \(asked.id)")
            let late = try await hub.command("/approve \(asked.id)")
            #expect(
                late
                    == CommandReply(
                        name: "approve", ok: false, text: "\(asked.id) was denied already, by ann (terminal)"))
            #expect(shell.answers == [.deny(reason: nil)])
        }
    }

    @Test(arguments: [
        ("/approve x", "'x' is neither an approval nor 'session'; usage: /approve [id] [session]"),
        ("/approve a1 twice", "'twice' is neither an approval nor 'session'; usage: /approve [id] [session]"),
        ("/answer a1", "there is no answer; usage: /answer [id] <text>"),
        ("/approve", "nothing is asked"), ("/deny", "nothing is asked"), ("/answer red", "nothing is asked"),
    ])
    func `a badly used command says what is wrong with it`(command: String, text: String) async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let reply = try #require(try await hub.command(command))
            #expect(!reply.ok)
            #expect(reply.text == text)
        }
    }

    @Test(
        arguments: [
            (command, "/approve", .allow), (command, "/approve session", .allowForSession),
            (command, "/deny", .deny(reason: nil)), (command, "/deny not today", .deny(reason: "not today")),
            (question, "/answer the red one", .answer("the red one")),
        ] as [(ApprovalRequest, String, ApprovalDecision)])
    func `the one open request needs no name`(
        request: ApprovalRequest, command: String, decision: ApprovalDecision
    ) async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(request) + .answer("done")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            _ = await events.first { $0.approval != nil }
            #expect(try await hub.command(command)?.ok == true)
            _ = await events.collect(turns: 1)
            #expect(shell.answers == [decision])
        }
    }

    @Test func `of several open requests one has to be named`() async throws {
        let other = ApprovalRequest(id: "r2", kind: .command, title: "rm y")
        let shell = ScriptedShell(turns: [[.event(.approval(Self.command)), .event(.approval(other)), .hang]])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let oneRecord = await events.first { $0.approval != nil }
            let one = try #require(oneRecord?.approval)
            let twoRecord = await events.first { $0.approval != nil }
            let two = try #require(twoRecord?.approval)
            let reply = try await hub.command("/approve")
            #expect(
                reply?.text == "open: \(one.id) (rm x), \(two.id) (rm y); say which, for example /approve \(one.id)")
            #expect(reply?.ok == false)
            #expect(shell.answers.isEmpty)
        }
    }

    @Test func `two sessions ask at once and each answer reaches its own`() async throws {
        let shell = ScriptedShell { request in
            ScriptedStep.ask(ApprovalRequest(id: "same", kind: .command, title: request.text)) + .answer(request.text)
        }
        let other = SessionID(rawValue: "tty:other")
        try await withHub(shell) { hub in
            let first = try await hub.events(of: .test, answers: true)
            let second = try await hub.events(of: other, answers: true)
            _ = try await hub.type("one")
            _ = try await hub.type("two", in: other)
            let one = try #require(await first.first { $0.approval != nil }?.approval)
            let two = try #require(await second.first { $0.approval != nil }?.approval)
            #expect(one.id != two.id)
            let strange = try #require(try await hub.command("/approve \(two.id)"))
            #expect(strange.text == "no approval \(two.id) is open in this session; open: \(one.id) (one)")
            #expect(try await hub.command("/deny \(two.id)", in: other)?.ok == true)
            #expect(await second.collect(turns: 1).compactMap(\.approval).map(\.status) == [.denied])
            #expect(try await hub.state(of: .test).approvals == [one])
            #expect(try await hub.command("/approve \(one.id)")?.ok == true)
            #expect(await first.collect(turns: 1).compactMap(\.approval).map(\.status) == [.allowed])
        }
    }

    @Test func `what was allowed for the session is not asked again, until the conversation is left`() async throws {
        let shell = ScriptedShell { _ in ScriptedStep.ask(Self.command) + .answer("done") }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            _ = try await hub.command("/approve \(asked.id) session")
            _ = await events.collect(turns: 1)
            _ = try await hub.type("again")
            let again = await events.collect(turns: 1).compactMap(\.approval)
            #expect(again.last?.answer == .init(.allow, by: "the answer for this session", basis: .session))
            _ = try await hub.command("/new")
            _ = try await hub.type("once more")
            #expect(await events.first { $0.approval != nil }?.approval?.status == .asked)
            #expect(try await hub.state(of: .test).approvals.count == 1)
        }
    }

    // MARK: Ends of turns

    @Test func `stopping the turn closes what it asked`() async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + .answer("done")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            _ = await events.first { $0.approval != nil }
            _ = try await hub.command("/cancel")
            let records = await events.collect(turns: 1)
            #expect(records.compactMap(\.approval?.answer?.basis) == [.withdrawal])
            #expect(records.last?.outcome?.status == .cancelled)
            #expect(try await hub.state(of: .test).approvals.isEmpty)
        }
    }

    @Test func `a request that the agent takes back is closed`() async throws {
        let shell = ScriptedShell(turns: [
            [.event(.approval(Self.command)), .event(.withdrawn("r1"))] + .answer("went on")
        ])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let answers = await events.collect(turns: 1).compactMap(\.approval?.answer)
            #expect(answers == [.init(.deny(reason: nil), by: "the agent took it back", basis: .withdrawal)])
        }
    }

    @Test func `a turn that waits for a person is not stopped by the time limit`() async throws {
        let clock = ManualClock()
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + [.hang]])
        try await withHub(shell, configuration: .test(clock: clock, turnTimeout: .seconds(100))) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            // Whenever the limit is over, what was waited is added to it.
            for limit in 1...4 {
                await clock.sleeping(until: .seconds(100 * limit))
                clock.advance(by: .seconds(100))
            }
            await clock.sleeping(until: .seconds(500))
            #expect(try await hub.state(of: .test).running?.isWaitingForPerson == true)
            _ = try await hub.command("/approve \(asked.id)")
            clock.advance(by: .seconds(100))
            #expect(await events.collect(turns: 1).last?.outcome?.error?.kind == .timeout)
        }
    }

    @Test func `a request that nobody answers in time is denied when there is a limit`() async throws {
        let clock = ManualClock()
        var configuration = HubConfiguration.test(clock: clock)
        configuration.approvalTimeout = .seconds(60)
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + .answer("went on")])
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            _ = await events.first { $0.approval != nil }
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(60))
            let records = await events.collect(turns: 1)
            #expect(records.compactMap(\.approval?.answer?.by) == ["approval.timeout"])
            #expect(records.compactMap(\.approval?.answer?.basis) == [.rule])
            #expect(shell.answers == [.deny(reason: "nobody answered in time")])
        }
    }
}
