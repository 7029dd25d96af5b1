import TestSupport
import Testing

@testable import Conversation

/// Requests whose agent, or whose core, has died meanwhile.
@Suite(.timeLimit(.minutes(1))) struct HubApprovalRestartTests {
    private static let command = ApprovalRequest(id: "r1", kind: .command, title: "rm x", detail: "in /project")

    /// A journal in which a request was asked when the core died.
    private func crashed(_ request: ApprovalRequest = command) async throws -> (InMemoryJournal, Approval) {
        let journal = InMemoryJournal()
        let shell = ScriptedShell(turns: [ScriptedStep.ask(request) + [.hang]])
        let asked = try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let foundRecord = await events.first { $0.approval != nil }
            return try #require(foundRecord?.approval)
        }
        return (journal, asked)
    }

    @Test func `a request outlives the core`() async throws {
        let (journal, asked) = try await crashed()
        try await withHub(ScriptedShell(turns: []), journal: journal) { hub in
            let events = try await hub.events(of: .test, after: .start, answers: true)
            let outcomeRecord = await events.first { $0.outcome != nil }
            let outcome = try #require(outcomeRecord?.outcome)
            #expect(outcome.status == .interrupted)
            #expect(outcome.error?.message.contains("\(asked.id) (rm x): /approve \(asked.id) lets it go on") == true)
            #expect(try await hub.state(of: .test).approvals == [asked])
        }
    }

    @Test(arguments: ["", " session"])
    func `allowing it later lets the agent go on, and allows exactly it once`(scope: String) async throws {
        let (journal, asked) = try await crashed()
        let shell = ScriptedShell { _ in
            ScriptedStep.ask(ApprovalRequest(id: "r7", kind: .command, title: "rm y", detail: "in /project"))
                + ScriptedStep.ask(ApprovalRequest(id: "r8", kind: .command, title: "rm x", detail: "in /project"))
                + ScriptedStep.ask(ApprovalRequest(id: "r9", kind: .command, title: "rm x", detail: "in /project"))
                + .answer("done")
        }
        try await withHub(shell, journal: journal) { hub in
            // From the start: the core may have settled it already.
            let events = try await hub.events(of: .test, after: .start)
            _ = await events.first { $0.outcome != nil }
            #expect(try await hub.command("/approve \(asked.id)\(scope)")?.ok == true)
            // What was not allowed is asked, of whoever comes.
            let begun = await events.collect { $0.approval?.request.title == "rm y" }
            let other = try #require(begun.last?.approval)
            #expect(try await hub.command("/deny \(other.id)")?.ok == true)
            var records = begun
            if scope.isEmpty {
                records += await events.collect { $0.approval?.request.id == "r9" }
                let again = try #require(records.last?.approval)
                #expect(try await hub.command("/deny \(again.id)")?.ok == true)
            }
            records += await events.collect(turns: 1)
            let answers = records.compactMap(\.approval).filter { $0.id != asked.id }.compactMap(\.answer)
            #expect(answers.map(\.decision.isPositive) == [false, true, scope == " session"])
            #expect(answers[1].basis == .grant(asked.id))
            #expect(answers[1].by == "ann (terminal)")
            let note = try #require(shell.texts.first)
            #expect(note.contains("Exactly this command is allowed now: rm x\nin /project"))
            // People are not told in its words what was said to the agent alone.
            let history = try #require(await hub.command("/history")).text
            #expect(history.contains("note to the agent (0.0 s ago): it is told the answer of ann (terminal)"))
            #expect(!history.contains("Exactly this") && !history.contains("system"))
            #expect(try await hub.state(of: .test).grants.isEmpty)
        }
    }

    @Test func `denying it later closes it, and the agent does nothing`() async throws {
        let (journal, asked) = try await crashed()
        let shell = ScriptedShell(turns: [])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test, after: .start)
            _ = await events.first { $0.outcome != nil }
            #expect(try await hub.command("/deny \(asked.id)")?.ok == true)
            let state = try await hub.state(of: .test)
            #expect(state.approvals.isEmpty && state.waiting.isEmpty && !state.isBusy)
            #expect(shell.texts.isEmpty)
        }
    }

    @Test func `a question is answered by the words given later`() async throws {
        let question = ApprovalRequest(id: "r1", kind: .question, title: "which one?")
        let (journal, asked) = try await crashed(question)
        let shell = ScriptedShell { _ in .answer("thanks") }
        try await withHub(shell, journal: journal) { hub in
            // From the start: the core may have settled it already.
            let events = try await hub.events(of: .test, after: .start)
            _ = await events.first { $0.outcome != nil }
            _ = try await hub.command("/answer \(asked.id) the red one")
            _ = await events.collect(turns: 1)
            #expect(shell.texts.first?.contains("You asked: which one?\nThe answer is: the red one") == true)
        }
    }

    @Test func `an agent that dies while it waits can be allowed to go on`() async throws {
        let turns = [ScriptedStep.ask(Self.command) + [.hang], ScriptedStep.ask(Self.command) + .answer("done")]
        let dying = Gate()
        let shell = ScriptedShell { request in
            request.text == "go" ? [.event(.approval(Self.command)), .wait(dying), .die] : turns[1]
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let askedRecord = await events.first { $0.approval != nil }
            let asked = try #require(askedRecord?.approval)
            dying.open()
            #expect(await events.collect(turns: 1).last?.outcome?.status == .interrupted)
            #expect(try await hub.state(of: .test).approvals == [asked])
            _ = try await hub.command("/approve \(asked.id)")
            let records = await events.collect(turns: 1)
            #expect(records.compactMap(\.approval?.answer?.basis).contains(.grant(asked.id)))
            #expect(records.last?.outcome?.text == "done")
        }
    }

    // MARK: Time limits

    /// A configuration in which nobody has more than a minute for an answer.
    private func limited(_ clock: ManualClock) -> HubConfiguration {
        var configuration = HubConfiguration.test(clock: clock)
        configuration.approvalTimeout = .seconds(60)
        return configuration
    }

    private static let overdue = Approval.Answer(
        .deny(reason: "nobody answered in time"), by: "approval.timeout", basis: .rule)

    @Test func `the time limit also ends a request whose agent has died`() async throws {
        let clock = ManualClock()
        let shell = ScriptedShell(turns: [[.event(.approval(Self.command)), .die]])
        try await withHub(shell, configuration: limited(clock)) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            #expect(await events.collect(turns: 1).last?.outcome?.status == .interrupted)
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(59))
            #expect(try await hub.state(of: .test).approvals.count == 1)
            clock.advance(by: .seconds(1))
            #expect(await events.first { $0.approval != nil }?.approval?.answer == Self.overdue)
            let state = try await hub.state(of: .test)
            #expect(state.approvals.isEmpty && state.waiting.isEmpty && !state.isBusy)
        }
    }

    @Test(arguments: [60, 90]) func `time that passed while cm was away counts`(seconds: Int) async throws {
        let (journal, asked) = try await crashed()
        let clock = ManualClock(), later = ManualClock()
        clock.advance(by: .seconds(20))
        // The end of the turn that the crash cut off: from then on nothing but the request is left.
        try await withHub(ScriptedShell(turns: []), journal: journal, configuration: limited(clock)) { hub in
            let events = try await hub.events(of: .test, after: .start, answers: true)
            _ = await events.first { $0.outcome != nil }
            #expect(try await hub.state(of: .test).approvals == [asked])
        }
        later.advance(by: .seconds(seconds - 1))
        try await withHub(ScriptedShell(turns: []), journal: journal, configuration: limited(later)) { hub in
            let events = try await hub.events(of: .test, answers: true)
            if seconds == 60 {
                await later.sleeping(until: .seconds(60))
                later.advance(by: .seconds(1))
            }
            let denied = try await eventually("the request is denied") {
                journal.records.last { $0.approval?.answer != nil }?.approval?.answer
            }
            #expect(denied == Self.overdue)
            withExtendedLifetime(events) {}
        }
    }

    @Test func `without a limit a request waits for ever`() async throws {
        let (journal, asked) = try await crashed()
        let clock = ManualClock()
        clock.advance(by: .seconds(1_000_000))
        try await withHub(ScriptedShell(turns: []), journal: journal, configuration: .test(clock: clock)) { hub in
            let events = try await hub.events(of: .test, after: .start, answers: true)
            _ = await events.first { $0.outcome != nil }
            #expect(try await hub.state(of: .test).approvals == [asked])
        }
    }

    @Test func `what nobody waits for is closed with its question`() async throws {
        let journal = InMemoryJournal(), session = SessionID(question: "1")
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + [.hang]])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: session, answers: true)
            _ = try await hub.type("go", in: session)
            _ = await events.first { $0.approval != nil }
        }
        let clock = ManualClock()
        try await withHub(ScriptedShell(turns: []), journal: journal, configuration: .test(clock: clock)) { hub in
            await clock.sleeping(until: Hub.patienceForAskers)
            #expect(try await hub.state(of: session).running != nil)
            clock.advance(by: Hub.patienceForAskers)
            _ = try await eventually("that it is closed") {
                try await journal.state(of: session)?.running == nil ? true : nil
            }
            #expect(try await hub.state(of: session).approvals.isEmpty)
        }
    }

    @Test func `whoever asked and comes back to the next core is answered`() async throws {
        let journal = InMemoryJournal(), session = SessionID(question: "1")
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)]]), journal: journal) { hub in
            _ = try await hub.type("go", in: session)
            await gate.reached()
        }
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let records = try await hub.events(of: session, after: .start).collect(turns: 2)
            #expect(records.compactMap(\.outcome?.status) == [.interrupted, .ok])
            #expect(records.last?.outcome?.text == "go")
        }
    }

    @Test func `draining does not wait for a person`() async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + [.hang]])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            _ = await events.first { $0.approval != nil }
            await hub.drain()
            #expect(try await hub.state(of: .test).running != nil)
        }
    }
}
