import Markdown
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct CompletedBlocksTests {
    @Test func `a paragraph is complete with the blank line, code with its fence, a heading with its line`() {
        var completed = CompletedBlocks()
        #expect(completed.add("a\nb\n").isEmpty)
        #expect(completed.add("\n").map(\.source) == ["a\nb\n\n"])
        #expect(completed.add("# c\n").map(\.source) == ["# c\n"])
        #expect(completed.add("```\nd\n\n").isEmpty)
        #expect(completed.add("```\n").map(\.blocks) == [[.code(info: "", "d\n")]])
        #expect(completed.add("e").isEmpty)
        #expect(completed.finish().map(\.blocks) == [[.paragraph([.text("e")])]])
        #expect(completed.finish().isEmpty)
    }

    @Test func `a list is complete when a line begins that cannot belong to it`() {
        var completed = CompletedBlocks()
        #expect(completed.add("- a\n\n- b\n\n  c\n\n").isEmpty)
        #expect(completed.add("- d\n\n1").isEmpty)
        #expect(completed.add("x").isEmpty)
        #expect(completed.add("\n").map(\.source) == ["- a\n\n- b\n\n  c\n\n- d\n\n"])
        #expect(completed.add("\n- e\n\nf").map(\.source) == ["1x\n\n", "- e\n\n"])
    }

    @Test func `a link that is defined behind its use stays text`() {
        var completed = CompletedBlocks()
        #expect(completed.add("[a][1]\n\n").map(\.blocks) == [[.paragraph([.text("[a][1]")])]])
        #expect(completed.add("[1]: https://a.org\n\n").map(\.blocks) == [[.unparsed("[1]: https://a.org")]])
        #expect(
            completed.add("[a][1]\n\n").map(\.blocks) == [
                [.paragraph([.link(destination: "https://a.org", [.text("a")])])]
            ])
    }

    @Test func `a carriage return at the end of a chunk waits for its line feed`() {
        var completed = CompletedBlocks()
        let all = completed.add("a\r") + completed.add("\nb\r") + completed.add("\r") + completed.finish()
        #expect(all.map(\.source) == ["a\nb\n\n"])
    }

    @Test func `chunks do not matter`() async {
        let seed = Seed()
        for round in 0..<250 {
            await Task.yield()
            var random = RandomMarkdown(generator: seed.generator(round))
            let text = round % 2 == 0 ? random.document(blocks: 8).source : random.soup(of: 60)
            var whole = CompletedBlocks()
            let expected = whole.add(text) + whole.finish()
            var pieces = CompletedBlocks()
            let streamed = random.chunks(of: text).flatMap { pieces.add($0) } + pieces.finish()
            #expect(streamed == expected, "\(seed), round \(round): \(text.debugDescription)")
            #expect(streamed.map(\.source).joined() == normalized(text), "\(seed), round \(round)")
            if !text.contains("]:") {
                #expect(streamed.flatMap(\.blocks) == MarkdownText(text).blocks, "\(seed), round \(round)")
            }
        }
    }

    @Test func `the pieces of a document are parsed as the whole is`() async {
        let seed = Seed()
        for round in 0..<250 {
            await Task.yield()
            var random = RandomMarkdown(generator: seed.generator(round))
            let text = random.document(blocks: 10).source
            let message = "\(seed), round \(round): \(text.debugDescription)"
            #expect(MarkdownText(text) == MarkdownText(uncut: text), "\(message)")
        }
    }

    /// Scalar by scalar, as two characters may become one when something between them goes.
    private func normalized(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar != "\n" || last != "\r" {
                result.append(scalar == "\r" ? "\n" : scalar == "\0" ? "\u{FFFD}" : scalar)
            }
            last = scalar
        }
        return String(result)
    }
}
