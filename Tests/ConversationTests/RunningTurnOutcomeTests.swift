import TestSupport
import Testing

@testable import Conversation

@Suite struct RunningTurnOutcomeTests {
    private static let failure = TurnError(kind: .quota, message: "used up")

    @Test(
        arguments: [
            (nil, AgentResult.completed, Outcome.Status.ok, nil),
            (StopCause.person(by: nil), .completed, .ok, nil),
            (.timeout, .completed, .ok, nil),
            (nil, .failed(failure), .error, .quota),
            (.person(by: nil), .failed(failure), .cancelled, nil),
            (.timeout, .failed(failure), .interrupted, .timeout),
            (nil, .interrupted, .interrupted, .process),
            (.person(by: nil), .interrupted, .cancelled, nil),
            (.timeout, .interrupted, .interrupted, .timeout),
        ] as [(StopCause?, AgentResult, Outcome.Status, TurnError.Kind?)])
    func `the end of a turn follows from what the agent says and who stopped it`(
        cause: StopCause?, result: AgentResult, status: Outcome.Status, kind: TurnError.Kind?
    ) {
        let outcome = outcome(of: running(), .success(result), cause)
        #expect(outcome.status == status)
        #expect(outcome.error?.kind == kind)
        #expect(!outcome.runsAgain)
    }

    @Test(
        arguments: [
            (nil, AgentError.Code.unavailable, Outcome.Status.error, TurnError.Kind.process),
            (nil, .refused, .error, .refused),
            (.person(by: nil), .unavailable, .cancelled, nil),
            (.person(by: nil), .died, .cancelled, nil),
            (.timeout, .died, .interrupted, .timeout),
        ] as [(StopCause?, AgentError.Code, Outcome.Status, TurnError.Kind?)])
    func `a failure of the agent's program ends the turn by who stopped it, else by its kind`(
        cause: StopCause?, code: AgentError.Code, status: Outcome.Status, kind: TurnError.Kind?
    ) {
        let outcome = outcome(of: running(), .failure(AgentError(code, "gone")), cause)
        #expect(outcome.status == status)
        #expect(outcome.error?.kind == kind)
        #expect(!outcome.runsAgain)
    }

    @Test func `a failure nobody knows is an internal one`() {
        let outcome = outcome(of: running(), .failure(InMemoryJournal.Broken()), nil)
        #expect(outcome.error == TurnError(kind: .internal, message: "the disk is full"))
    }

    @Test func `a crash before anything was done has the turn run again`() {
        let outcome = running().outcomeAfterCrash(of: "cm", at: Timestamp(millisecondsSince1970: 1_500), redact: { $0 })
        #expect(outcome.status == .interrupted)
        #expect(outcome.runsAgain)
        #expect(outcome.durationMs == 500)
        #expect(outcome.error?.message == "cm stopped while this turn ran; it had not acted and runs again")
    }

    @Test(arguments: [false, true]) func `a crash of what somebody has stopped ends it, acted or not`(acts: Bool) {
        var running = running()
        if acts { running.apply(Action(id: "1", kind: .command, title: "make", status: .completed)) }
        let heard = running.lastEventAt
        running.apply(
            Record(
                cursor: Cursor(rawValue: 9), session: .test, time: Timestamp(millisecondsSince1970: 1_400),
                event: .stopping(running.turn.id, by: "ann (terminal)")))
        #expect(running.lastEventAt == heard)
        let outcome = running.outcomeAfterCrash(of: "cm", at: Timestamp(millisecondsSince1970: 1_500), redact: { $0 })
        #expect(outcome == Outcome(status: .cancelled, durationMs: 500, stoppedBy: "ann (terminal)"))
    }

    @Test func `a second crash before anything was done is an error`() {
        let outcome = running(attempt: 2).outcomeAfterCrash(
            of: "cm", at: Timestamp(millisecondsSince1970: 1_000), redact: { $0 })
        #expect(outcome.status == .error)
        #expect(!outcome.runsAgain)
        #expect(outcome.error?.kind == .process)
    }

    @Test(arguments: [1, 2]) func `a crash after something was done names it and how to go on`(attempt: Int) throws {
        var running = running(attempt: attempt)
        running.apply(Action(id: "1", kind: .command, title: "make", status: .completed))
        running.apply(Action(id: "2", kind: .plan, title: "a plan", status: .started))
        running.apply(Action(id: "3", kind: .file, title: "a.txt", status: .started))
        let outcome = running.outcomeAfterCrash(of: "cm", at: Timestamp(millisecondsSince1970: 1_000), redact: { $0 })
        #expect(outcome.status == .interrupted)
        #expect(!outcome.runsAgain)
        let message = try #require(outcome.error?.message)
        #expect(message.contains("make (completed); a.txt (started)"))
        #expect(!message.contains("a plan"))
        #expect(message.hasSuffix("then say how to go on."))
    }

    @Test func `of many deeds the last five are named and the others counted`() throws {
        var running = running()
        for number in 1...7 {
            running.apply(Action(id: "\(number)", kind: .command, title: "step \(number)", status: .completed))
        }
        let error = running.outcomeAfterCrash(of: "cm", at: Timestamp(millisecondsSince1970: 1_000), redact: { $0 })
            .error
        let message = try #require(error?.message)
        #expect(message.contains("2 earlier actions; step 3 (completed)"))
        #expect(!message.contains("step 2"))
    }

    @Test(
        arguments: [
            (.declined, "the end of the turn", .withdrawal, "rm x (asked, not run)"),
            (.started, "the end of the turn", .withdrawal, "rm x (asked, not run)"),
            (.failed, "ann", .person, "rm x (denied, not run)"),
            (.started, "ann", .person, "rm x (denied, not run)"),
            (.completed, "ann", .person, "rm x (completed)"),
        ] as [(Action.Status, String, Approval.Basis, String)])
    func `what was asked for and not allowed is not said to have begun`(
        status: Action.Status, by: String, basis: Approval.Basis, text: String
    ) {
        var running = running()
        running.apply(Action(id: "1", kind: .command, title: "rm x", status: .started))
        running.apply(Action(id: "2", kind: .command, title: "rm y", status: .failed))
        var approval = Approval.test(ApprovalRequest(id: "r", kind: .command, title: "rm x"), in: running.turn.id)
        approval.answer = .init(.deny(reason: nil), by: by, basis: basis)
        let event = Event.approval(running.turn.id, approval)
        running.apply(
            Record(
                cursor: .start, session: .test, time: Timestamp(millisecondsSince1970: 1_000), event: event))
        running.apply(Action(id: "1", kind: .command, title: "rm x", status: status))
        let error = running.outcomeAfterCrash(of: "cm", at: Timestamp(millisecondsSince1970: 1_000), redact: { $0 })
            .error
        #expect(error?.message.contains("it had acted: \(text); rm y (failed).") == true)
    }

    @Test func `a crash after an approval alone says that one was asked for`() throws {
        var running = running()
        running.hasActed = true
        let error = running.outcomeAfterCrash(of: "cm", at: Timestamp(millisecondsSince1970: 1_000), redact: { $0 })
            .error
        #expect(error?.message.contains("an approval was asked for") == true)
    }

    private func running(attempt: Int = 1) -> RunningTurn {
        let waiting = SessionState.Waiting(id: Message.ID(rawValue: 1), message: .test("go"), attempt: attempt)
        return RunningTurn(
            turn: Turn(id: Turn.ID(rawValue: 2), waiting), startedAt: Timestamp(millisecondsSince1970: 1_000))
    }

    private func outcome(
        of running: RunningTurn, _ ending: Result<AgentResult, any Error>, _ cause: StopCause?
    ) -> Outcome {
        let result = WorkResult(ending: ending), now = Timestamp(millisecondsSince1970: 1_000)
        return running.outcome(result, stoppedBy: cause, limit: .seconds(60), at: now, redact: { $0 })
    }
}
