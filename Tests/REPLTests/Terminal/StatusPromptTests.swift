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
}
