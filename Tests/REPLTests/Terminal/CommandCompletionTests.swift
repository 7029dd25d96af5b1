import Conversation
import Testing

@testable import REPL

@Suite struct CommandCompletionTests {
    private let approvals = [Approval.sample(7), .sample(12, .question, "Which?"), .sample(17, .file, "a.txt")]

    private func words(_ line: String) -> [String] {
        CommandCompletion(
            line: line, Vocabulary(names: CoreNames(agents: ["codex"], sessions: ["tty:default"]), approvals: approvals)
        ).candidates.map(\.word)
    }

    @Test(arguments: [
        ("/approve ", ["a7", "a17"]), ("/approve a1", ["a17"]), ("/deny ", ["a7", "a12", "a17"]),
        ("/answer ", ["a12"]), ("/approve a7 ", ["session"]), ("/deny a7 ", []), ("/answer a12 ", []),
        ("/agent ", ["codex", "auto"]), ("/attach t", ["tty:default"]), ("/appr", ["/approve"]), ("/di", ["/diff"]),
        ("/lo", ["/logs"]), ("/logs ", []), ("/diff ", []), ("approve ", []),
    ])
    func `open approvals are offered to the commands that answer them`(line: String, expected: [String]) {
        #expect(words(line) == expected)
    }

    @Test func `an approval is offered with what it asks`() {
        let candidates = CommandCompletion(line: "/answer ", Vocabulary(approvals: approvals)).candidates
        #expect(candidates == [Completion(word: "a12", hint: "Which?")])
    }
}
