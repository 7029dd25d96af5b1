import Conversation
import Testing

@testable import REPL

@Suite struct EventPrinterTests {
    private func message(_ text: String, from sender: String) -> Message {
        Message(text: text, author: "ben", origin: .terminal, sender: sender)
    }

    private func lines(_ event: Event, _ printer: inout EventPrinter) -> [String] {
        printer.lines(for: event, columns: 80)
    }

    private let turn = Turn.ID(rawValue: 3)
    private let id = Message.ID(rawValue: 5)

    @Test func `what somebody else puts into the turn is told, and when the agent does not take it`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        #expect(lines(.accepted(id, message("use tabs", from: "other")), &printer) == [])
        #expect(lines(.steered(turn, id), &printer) == ["put into the running turn: ben: use tabs"])
        #expect(
            lines(.unsteered(turn, id), &printer)
                == ["not taken by the agent, waits for a turn of its own: ben: use tabs"])
    }

    @Test func `what was put into the turn here is told by the command's answer alone`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        #expect(lines(.accepted(id, message("use tabs", from: "me")), &printer) == [])
        #expect(lines(.steered(turn, id), &printer) == [])
    }

    @Test func `a question stands behind all that was said before it`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        #expect(lines(.delta(turn, "I need to"), &printer) == [])
        #expect(
            printer.question(.sample(7), age: 0, columns: 80).prefix(2) == ["I need to", "a7 wants to run a command"])
    }

    @Test func `an answer from here does not say from whom it is`() {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        printer.noteOwnAnswer(Approval.ID(rawValue: 7), isOwn: true)
        printer.noteOwnAnswer(Approval.ID(rawValue: 8), isOwn: true)
        printer.noteOwnAnswer(Approval.ID(rawValue: 8), isOwn: false)
        #expect(
            lines(.approval(turn, Approval.sample(7).answered(.allow)), &printer) == ["  a7 make test · allowed once"])
        #expect(
            lines(.approval(turn, Approval.sample(8).answered(.allow)), &printer)
                == ["  a8 make test · allowed by ann (terminal)"])
    }

    @Test(
        arguments: [
            (nil, "  $ make test (asked, not run)"), (.deny(reason: nil), "  $ make test (asked, not run)"),
            (.allow, "  $ make test (still running)"),
        ] as [(ApprovalDecision?, String)])
    func `a command that was only asked for does not run on at the end of the turn`(
        decision: ApprovalDecision?, line: String
    ) {
        var printer = printer(asked: .sample(7), decision)
        let outcome = Outcome(status: .interrupted)
        #expect(lines(.finished(turn, outcome), &printer).first == line)
    }

    @Test func `a command that fails because it was denied did not run`() {
        var denied = printer(asked: .sample(7), .deny(reason: nil))
        var other = printer(asked: .sample(7, .command, "make all"), .deny(reason: nil))
        let failed = Action(id: "1", kind: .command, title: "make test", status: .failed)
        #expect(lines(.action(turn, failed), &denied) == ["  $ make test (not run)"])
        #expect(lines(.action(turn, failed), &other) == ["  $ make test (failed)"])
    }

    /// A printer in whose turn a command began, was asked for and got this answer, if any.
    private func printer(asked: Approval, _ decision: ApprovalDecision?) -> EventPrinter {
        var printer = EventPrinter(sender: "me", style: TextStyle(isColoured: false))
        let waiting = SessionState.Waiting(id: id, message: message("go", from: "me"))
        _ = lines(.started(Turn(id: turn, waiting)), &printer)
        _ = lines(.action(turn, Action(id: "1", kind: .command, title: "make test", status: .started)), &printer)
        _ = lines(.approval(turn, asked), &printer)
        if let decision { _ = lines(.approval(turn, asked.answered(decision)), &printer) }
        return printer
    }
}
