import Conversation
import Testing

@testable import REPL

@Suite struct ApprovalBoardTests {
    private let now = ContinuousClock.now

    private func board(_ approvals: Approval...) -> ApprovalBoard {
        var board = ApprovalBoard()
        for approval in approvals { _ = board.add(approval, askedAt: now) }
        return board
    }

    private func choice(_ key: Character, _ text: String? = nil, of board: inout ApprovalBoard) -> KeyChoice {
        KeyChoice(offer: board.offerNumber() ?? -1, key: key, text: text)
    }

    private func answer(
        _ key: Character, _ text: String? = nil, on board: inout ApprovalBoard
    ) -> (id: Approval.ID, decision: ApprovalDecision)? {
        let choice = choice(key, text, of: &board)
        return board.answer(choice)
    }

    @Test func `the oldest question comes first, and it is told how many there are`() {
        let board = board(.sample(9), .sample(7), .sample(8))
        #expect(board.current?.id == Approval.ID(rawValue: 7))
        #expect(board.place == "a7, 1 of 3")
        #expect(self.board(.sample(7)).place == nil)
    }

    @Test func `a question that is told twice is asked once, and not again after its answer`() {
        var board = ApprovalBoard()
        #expect(board.add(.sample(7), askedAt: now) == true)
        #expect(board.add(.sample(7), askedAt: now) == false)
        board.close(Approval.ID(rawValue: 7))
        #expect(board.add(.sample(7), askedAt: now) == false)
        // The answer was heard of first.
        board.close(Approval.ID(rawValue: 8))
        #expect(board.add(.sample(8), askedAt: now) == false)
        #expect(board.current == nil && board.waitsSince == nil)
    }

    @Test func `while an answer is on its way the next question is the current one`() {
        var board = board(.sample(7), .sample(8))
        let first = choice("y", of: &board)
        #expect(board.answer(first)?.id == Approval.ID(rawValue: 7))
        #expect(board.current?.id == Approval.ID(rawValue: 8))
        #expect(board.offerNumber() != first.offer)
    }

    @Test func `the number of an offer stays until it was taken in vain`() {
        var board = board(.sample(7))
        let first = choice("y", of: &board)
        #expect(board.offerNumber() == first.offer)
        _ = board.answer(first)
        #expect(board.offerNumber() == nil)
        board.retract(Approval.ID(rawValue: 7))
        #expect(board.offerNumber() != first.offer)
        #expect(answer("n", on: &board)?.id == Approval.ID(rawValue: 7))
    }

    @Test func `a question that is viewed is offered again`() {
        var board = board(.sample(7))
        let view = choice("v", of: &board)
        #expect(board.view(view)?.id == Approval.ID(rawValue: 7))
        #expect(board.current?.id == Approval.ID(rawValue: 7))
        #expect(board.offerNumber() != view.offer)
        let yes = choice("y", of: &board)
        #expect(board.view(yes) == nil)
        #expect(board.answer(yes)?.decision == .allow)
    }

    @Test func `a choice is about the question that it was offered for`() {
        var board = board(.sample(7))
        let late = choice("y", of: &board)
        board.close(Approval.ID(rawValue: 7))
        _ = board.add(.sample(8), askedAt: now)
        _ = board.offerNumber()
        #expect(board.answer(late) == nil)
        #expect(board.current?.id == Approval.ID(rawValue: 8))
    }

    @Test func `a board that comes in place of another takes no choice of the earlier one`() {
        var first = board(.sample(7))
        let old = choice("y", of: &first)
        var second = ApprovalBoard(after: first)
        _ = second.add(.sample(8), askedAt: now)
        let new = choice("y", of: &second)
        #expect(new.offer != old.offer)
        let answers = [second.answer(old)?.id, second.answer(new)?.id]
        #expect(answers == [nil, Approval.ID(rawValue: 8)])
    }

    @Test func `leaving the conversation leaves its questions`() {
        var board = board(.sample(7), .sample(8))
        board.closeAll()
        #expect(board.open.isEmpty)
    }

    @Test(
        arguments: [
            ("y", nil, .allow), ("s", nil, .allowForSession), ("n", nil, .deny(reason: nil)),
            ("e", "not here", .deny(reason: "not here")), ("e", "  ", .deny(reason: nil)),
        ] as [(Character, String?, ApprovalDecision)])
    func `keys mean decisions`(key: Character, text: String?, decision: ApprovalDecision) {
        var board = board(.sample(7))
        #expect(answer(key, text, on: &board)?.decision == decision)
    }

    @Test(
        arguments: [
            ("2", nil, .answer("blue")), ("a", "green", .answer("green")), ("n", nil, .deny(reason: nil)),
        ] as [(Character, String?, ApprovalDecision)])
    func `keys mean answers to a question`(key: Character, text: String?, decision: ApprovalDecision) {
        var board = board(.sample(7, .question, "Which colour?", choices: ["red", "blue"]))
        #expect(answer(key, text, on: &board)?.decision == decision)
    }

    @Test func `an answer without words is none, and the question stays`() {
        var board = board(.sample(7, .question, "Which colour?"))
        #expect(answer("a", " ", on: &board) == nil)
        #expect(answer("a", "red", on: &board)?.decision == .answer("red"))
    }
}
