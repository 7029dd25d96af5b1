import Conversation
import Testing

@testable import AgentShell

@Suite struct OfflineLookUpTests {
    private let file = OfflineLookUp(.surroundings(.file("a", lines: nil)), "a")

    @Test func `what a file says stands in a fence, under a line of the agent's own`() {
        #expect(file.answer("a\n1  x\n2  y") == "a:\n\n```\n1  x\n2  y\n```")
    }

    @Test(arguments: [("1  ```", "````"), ("1  `````` x", "```````"), ("1  ``", "```")])
    func `a fence is longer than any in what it holds`(line: String, fence: String) {
        #expect(file.answer("a\n\(line)") == "a:\n\n\(fence)\n\(line)\n\(fence)")
    }

    @Test func `a single line needs no fence`() {
        #expect(file.answer("there is no file a") == "there is no file a")
        #expect(file.answer("") == "")
    }

    @Test func `a difference is said to be one`() {
        let diff = OfflineLookUp(.surroundings(.diff), "diff")
        #expect(diff.answer("branch main\n+x") == "branch main:\n\n```diff\n+x\n```")
    }

    @Test func `answers about the program stay as they are`() {
        #expect(OfflineLookUp(.status, "status").answer("a\nb") == "a\nb")
    }

    @Test func `errors are told by the level of a line, the last ones`() {
        let lookUp = OfflineLookUp(.surroundings(.log(lines: 1000, of: nil)), "errors", keeping: .problems)
        let lines = (1...30).flatMap { ["2026 error x \($0)", "2026 info no error \($0)"] }
        let answer = lookUp.answer((["the log"] + lines).joined(separator: "\n"))
        #expect(answer.hasPrefix("the last 20 such lines of 30 in the log:\n\n```\n2026 error x 11\n"))
        #expect(answer.hasSuffix("2026 error x 30\n```") && !answer.contains("info"))
        #expect(lookUp.answer("the log\n2026 info x") == "no errors or warnings in the last 1 lines of the log")
    }

    @Test func `lines of the log are found in any case`() {
        let lookUp = OfflineLookUp(.surroundings(.log(lines: 1000, of: nil)), "x", keeping: .text("CodeX"))
        #expect(lookUp.answer("the log\na codex b\nc") == "the last such line of 1 in the log:\n\n```\na codex b\n```")
        #expect(lookUp.answer("the log\nc").hasPrefix("nothing with “CodeX” in"))
    }
}
