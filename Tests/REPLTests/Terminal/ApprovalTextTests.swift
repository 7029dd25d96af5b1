import Conversation
import Testing

@testable import REPL

@Suite struct ApprovalTextTests {
    private func lines(_ approval: Approval, age: Int64 = 0, isColoured: Bool = false) -> [String] {
        ApprovalText(style: TextStyle(isColoured: isColoured)).lines(approval, age: age, columns: 60)
    }

    private func line(_ approval: Approval, isOwn: Bool = false) -> String? {
        ApprovalText(style: TextStyle(isColoured: false)).line(approval, isOwn: isOwn)
    }

    @Test func `a command is shown with its reason and where it would run`() {
        let approval = Approval.sample(7, .command, "make\nmake test", detail: "in /project", reason: "to be sure")
        #expect(
            lines(approval) == [
                "a7 wants to run a command", "  $ make", "    make test", "  why: to be sure", "  in /project",
            ])
    }

    @Test func `an old question says how old it is`() {
        #expect(lines(.sample(7), age: 185_000).first == "a7 wants to run a command · asked 3 m 5 s ago")
    }

    @Test func `a question numbers its choices, as far as there are keys`() {
        let choices = (1...10).map { "choice \($0)" }
        let shown = lines(.sample(7, .question, "Which?", choices: choices))
        #expect(shown.prefix(3) == ["a7 asks", "  ? Which?", "  1 choice 1"])
        #expect(shown.suffix(2) == ["  9 choice 9", "  · choice 10"])
    }

    @Test func `a diff is coloured, and a file's name is not`() {
        let approval = Approval.sample(7, .file, "a.txt", detail: "a.txt\n@@ -1 +1 @@\n-old\n+new\n same")
        let shown = lines(approval, isColoured: true).suffix(5)
        #expect(
            shown == [
                "  a.txt", "  \u{1B}[36m@@ -1 +1 @@\u{1B}[0m", "  \u{1B}[31m-old\u{1B}[0m",
                "  \u{1B}[32m+new\u{1B}[0m", "   same",
            ])
    }

    @Test func `what is no diff is not coloured`() {
        #expect(lines(.sample(7, .tool, "t", detail: "-x"), isColoured: true).last == "  -x")
    }

    @Test(
        arguments: [
            (40, nil), (41, "  … (1 more line: v shows it)"), (100, "  … (60 more lines: v shows them)"),
        ] as [(Int, String?)])
    func `of the detail 40 lines are shown, and the rest is counted`(count: Int, last: String?) {
        let detail = (1...count).map { "line \($0)" }.joined(separator: "\n") + "\n"
        let shown = lines(.sample(7, .file, "a.txt", detail: detail)).dropFirst(2)
        #expect(shown.prefix(40).last == "  line 40")
        #expect(shown.count == min(count, 41))
        #expect(shown.last == last ?? "  line 40")
    }

    @Test func `viewed whole, all lines are shown, and none can look like something else`() {
        let detail = (1...100).map { "+line \($0)\u{1B}[2K" }.joined(separator: "\n")
        let text = ApprovalText(style: TextStyle(isColoured: false))
        let shown = text.lines(.sample(7, .file, "a.txt", detail: detail), age: 0, columns: 60, isWhole: true)
        #expect(shown.count == 102)
        #expect(shown.last == "  +line 100␛[2K")
    }

    @Test func `an answer that the agent could not hear is told to be on its way`() {
        var approval = Approval.sample(7).answered(.allow)
        approval.answer?.note = Message.ID(rawValue: 9)
        #expect(line(approval, isOwn: true) == "  a7 make test · allowed once · the agent is told")
    }

    @Test func `a command cannot look like another one`() {
        let approval = Approval.sample(7, .command, "ls\u{1B}[2K\rrm \u{202E}fr-\u{200B} x", detail: "in \u{9B}0m/")
        #expect(
            lines(approval).dropFirst() == ["  $ ls␛[2K␍rm <U+202E>fr-<U+200B> x", "  in \u{FFFD}0m/"])
    }

    @Test(
        arguments: [
            (.allow, "allowed once", "allowed by ann (terminal)"),
            (.allowForSession, "allowed for this session", "allowed for this session by ann (terminal)"),
            (.deny(reason: nil), "denied", "denied by ann (terminal)"),
            (.deny(reason: "not here"), "denied: not here", "denied by ann (terminal): not here"),
            (.answer("red"), "answered: red", "answered by ann (terminal): red"),
        ] as [(ApprovalDecision, String, String)])
    func `an answer is told in a line, and who gave it if not here`(
        decision: ApprovalDecision, own: String, other: String
    ) {
        let approval = Approval.sample(7).answered(decision)
        #expect(line(approval, isOwn: true) == "  a7 make test · \(own)")
        #expect(line(approval) == "  a7 make test · \(other)")
    }

    @Test func `a question that nobody answered any more is told so`() {
        let approval = Approval.sample(7).answered(.deny(reason: nil), by: "the end of the turn", basis: .withdrawal)
        #expect(line(approval) == "  a7 make test · no longer asked: the end of the turn")
        #expect(line(.sample(7)) == nil)
    }
}
