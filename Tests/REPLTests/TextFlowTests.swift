import Testing

@testable import REPL

@Suite struct TextFlowTests {
    private func lines(_ text: String, columns: Int, inPiecesOf size: Int) -> [String] {
        var flow = TextFlow()
        var lines: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            lines += flow.add(String(rest.prefix(size)), columns: columns)
            rest = rest.dropFirst(size)
        }
        return lines + (flow.finish().map { [$0] } ?? [])
    }

    @Test(arguments: 1...30) func `the same lines come out whatever the pieces`(size: Int) {
        let text = "one two three four\n\n```\na line of code that is long\n```\nfive six seven"
        #expect(
            lines(text, columns: 10, inPiecesOf: size) == [
                "one two", "three four", "", "```", "a line of code that is long", "```", "five six", "seven",
            ])
    }

    @Test func `a word wider than the terminal stays whole`() {
        #expect(lines("abcdefghijkl mn", columns: 5, inPiecesOf: 3) == ["abcdefghijkl", "mn"])
    }

    @Test func `a line is handed out as soon as it is complete`() {
        var flow = TextFlow()
        #expect(flow.add("one", columns: 80).isEmpty)
        #expect(flow.add(" two\nthr", columns: 80) == ["one two"])
        #expect(flow.finish() == "thr")
        #expect(flow.finish() == nil)
    }

    @Test func `a line of two columns that is broken goes on below the second one`() {
        let text = "  /mode [a]  one two three four\n             four five six seven"
        #expect(
            TextFlow.lines(of: text, columns: 26, hangs: true) == [
                "  /mode [a]  one two three", "             four", "             four five six", "             seven",
            ])
        #expect(TextFlow.lines(of: "one two three", columns: 8, hangs: true) == ["one two", "three"])
        #expect(
            TextFlow.lines(of: "  a b c d e f  one two", columns: 16, hangs: true) == ["  a b c d e f ", "one two"])
    }
}
