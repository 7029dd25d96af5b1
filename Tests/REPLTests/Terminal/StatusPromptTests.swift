import Conversation
import Testing

@testable import REPL

@Suite struct StatusPromptTests {
    private let start = ContinuousClock.now
    private let turn = Turn(
        id: Turn.ID(rawValue: 3),
        SessionState.Waiting(
            id: Message.ID(rawValue: 2),
            message: Message(text: "hello", author: "ann", origin: .terminal, sender: "me")))

    @Test func `while somebody is waited for it says so, and for how long`() {
        var prompt = StatusPrompt(style: TextStyle(isColoured: false))
        prompt.take(.started(turn), at: start)
        var board = ApprovalBoard()
        #expect(prompt.text(board, at: start + .seconds(5)) == "cm 5 s » ")
        _ = board.add(.sample(7), askedAt: start + .seconds(5))
        #expect(prompt.text(board, at: start + .seconds(17)) == "cm waiting for you 12 s » ")
        _ = board.add(.sample(8), askedAt: start + .seconds(6))
        #expect(prompt.text(board, at: start + .seconds(130)) == "cm waiting for you 2 m 5 s · a7, 1 of 2 » ")
        board.closeAll()
        #expect(prompt.text(board, at: start + .seconds(20)) == "cm 20 s » ")
    }

    @Test func `a message that goes into the turn no longer waits`() {
        var prompt = StatusPrompt(style: TextStyle(isColoured: false))
        prompt.take(.started(turn), at: start)
        let message = Message(text: "and", author: "ann", origin: .terminal, sender: "me")
        prompt.take(.accepted(Message.ID(rawValue: 5), message), at: start)
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm 0 s · +1 » ")
        prompt.take(.steered(turn.id, Message.ID(rawValue: 5)), at: start)
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm 0 s » ")
        prompt.take(.unsteered(turn.id, Message.ID(rawValue: 5)), at: start)
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm 0 s · +1 » ")
    }

    @Test func `another session than the first one is named`() {
        var prompt = StatusPrompt(style: TextStyle(isColoured: false), name: "b")
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm b» ")
        prompt.take(.started(turn), at: start)
        #expect(prompt.text(ApprovalBoard(), at: start + .seconds(5)) == "cm b · 5 s » ")
        var board = ApprovalBoard()
        _ = board.add(.sample(7), askedAt: start)
        #expect(prompt.text(board, at: start + .seconds(5)) == "cm b · waiting for you 5 s » ")
    }

    @Test func `a message that runs again waits until then`() {
        var prompt = StatusPrompt(style: TextStyle(isColoured: false))
        let message = Message(text: "and", author: "ann", origin: .terminal, sender: "me")
        prompt.take(.started(turn), at: start)
        prompt.take(.accepted(Message.ID(rawValue: 5), message), at: start)
        prompt.take(.finished(turn.id, Outcome(status: .interrupted, runsAgain: true)), at: start)
        #expect(!prompt.isBusy)
        let again = Turn(
            id: Turn.ID(rawValue: 8),
            SessionState.Waiting(id: turn.message, message: turn.request, attempt: 2))
        prompt.take(.started(again), at: start)
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm 0 s · +1 » ")
    }

    @Test func `when the end of a turn was missed, the next one counts alone`() {
        var prompt = StatusPrompt(style: TextStyle(isColoured: false))
        let message = Message(text: "and", author: "ann", origin: .terminal, sender: "me")
        prompt.take(.started(turn), at: start)
        prompt.take(.action(turn.id, Action(id: "1", kind: .command, title: "make", status: .started)), at: start)
        for id in [5, 6, 7] as [Int64] { prompt.take(.accepted(Message.ID(rawValue: id), message), at: start) }
        prompt.take(.started(.sample(7, "and")), at: start + .seconds(60))
        #expect(prompt.text(ApprovalBoard(), at: start + .seconds(61)) == "cm 1 s · +1 » ")
        prompt.take(.finished(Turn.ID(rawValue: 7), Outcome(status: .ok)), at: start)
        #expect(!prompt.isBusy)
    }

    @Test func `a turn that is told to end is stopping, whoever told it, until it has ended`() {
        var prompt = StatusPrompt(style: TextStyle(isColoured: false))
        prompt.take(.started(turn), at: start)
        prompt.take(.action(turn.id, Action(id: "1", kind: .command, title: "make", status: .started)), at: start)
        prompt.take(.stopping(Turn.ID(rawValue: 1), by: "ben"), at: start)
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm 0 s · make » ")
        var board = ApprovalBoard()
        _ = board.add(.sample(7), askedAt: start)
        prompt.take(.stopping(turn.id, by: "ben"), at: start)
        #expect(prompt.text(board, at: start + .seconds(2)) == "cm 2 s · stopping… » ")
        prompt.noteStop(of: turn.id, isTold: false)
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm 0 s · make » ")
        prompt.noteStop(of: nil, isTold: true)
        prompt.take(.finished(turn.id, Outcome(status: .cancelled)), at: start)
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm» ")
        prompt.take(.started(.sample(8, "and")), at: start)
        #expect(prompt.text(ApprovalBoard(), at: start) == "cm 0 s » ")
    }

    @Test func `no turn runs in a conversation that has just begun`() {
        var prompt = StatusPrompt(style: TextStyle(isColoured: false))
        prompt.take(.started(turn), at: start)
        prompt.take(.changed(.renewed), at: start)
        #expect(!prompt.isBusy && prompt.running == nil)
    }
}
