import Testing

@testable import REPL

@Suite struct InputAssemblerTests {
    private func texts(_ lines: [String]) -> [String] {
        var assembler = InputAssembler()
        var texts = lines.compactMap { assembler.add($0) }
        if let rest = assembler.finish() { texts.append(rest) }
        return texts
    }

    @Test func `each line is a text of its own`() {
        #expect(texts(["a", "", "b"]) == ["a", "", "b"])
    }

    @Test func `a backslash at the end joins the next line`() {
        #expect(texts(["a\\", "b\\", "c", "d"]) == ["a\nb\nc", "d"])
    }

    @Test func `a fence joins all lines up to its end`() {
        #expect(texts(["```swift", "let a = 1\\", "", "```", "next"]) == ["```swift\nlet a = 1\\\n\n```", "next"])
    }

    @Test func `words before a fence belong to it when the line goes on`() {
        #expect(texts(["explain\\", "```", "x", "```"]) == ["explain\n```\nx\n```"])
    }

    @Test func `what is open at the end of the input is not lost`() {
        #expect(texts(["```", "x"]) == ["```\nx"])
        #expect(texts(["a\\"]) == ["a"])
    }
}
