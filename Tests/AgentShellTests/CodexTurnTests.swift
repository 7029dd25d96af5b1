import Conversation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CodexTurnTests {
    @Test func `the deltas of a message make its text`() {
        var turn = CodexTurn()
        #expect(turn.take("turn/started", ["turn": ["id": "1"]]).isEmpty)
        #expect(
            turn.take("item/agentMessage/delta", ["turnId": "1", "itemId": "m", "delta": "hi"]) == [
                .began, .delta("hi"),
            ])
        #expect(turn.take("turn/completed", ["turn": ["id": "1", "status": "completed"]]) == [.finished(.completed)])
    }
}
