import Markdown
import Testing

/// What would take other parsers of Markdown hours, or the stack.
@Suite(.timeLimit(.minutes(5))) struct HostileTextTests {
    private static let units = [
        "[", "![", "[a](", "[a](<b", "![[]()", "<", "<a ", "<!--", "<!A ", "<?", "*", "*a ", "_a ", "a**b c* ", "*a_ ",
        "**x* a",
        "~~a ", "`", "`a``", "&", "\\", "www.a ", "http://a ", "a@", "a@b.", ":", "w", ">", "> ", "- ", "1. ", "> - ",
        "|", "x\n|-\n",
        "a\n-|-\n", "a\n=\n", "[a]: u\n", "[^a]", "```\n", "- a\n", "*\n", "#", "\t", "\n", "\r", "\0", "\u{301}",
        "e\u{301}", "🇩", "👨‍",
        "*\u{301}*", "**a**\u{301}", "- [ ] a\n", "<pre>\n\n", "/**a**.b",
    ]

    @Test(arguments: HostileTextTests.units)
    func `repetition takes little time and no stack`(unit: String) {
        let text = String(repeating: unit, count: 100_000 / unit.utf8.count)
        let clock = ContinuousClock()
        var parts = 0
        let time = clock.measure {
            let markdown = MarkdownText(text)
            parts += Splitter().parts(of: EntityText(markdown)).count
            parts += AnsiRenderer(columns: 80, isColoured: true).lines(of: markdown.blocks).count
        }
        // A debug build on a busy machine; quadratic work would take minutes.
        #expect(time < .seconds(20))
        #expect(parts >= 0)
    }

    @Test(arguments: [
        String(repeating: ">", count: 100_000) + "\n" + String(repeating: "a\n", count: 50_000),
        String(repeating: "- ", count: 50_000) + "a\n" + String(repeating: "\n", count: 50_000) + "b",
        String(repeating: "[", count: 50_000) + "a" + String(repeating: "]", count: 50_000),
        String(repeating: "*a **a ", count: 7_000) + "b" + String(repeating: " a** a*", count: 7_000),
        String(repeating: "|a", count: 400) + "\n" + String(repeating: "|-", count: 400) + "\n"
            + String(repeating: "|\n", count: 50_000),
        (0..<300).map { String(repeating: "  ", count: $0) + "- a\n" }.joined() + String(repeating: "\n", count: 50_000)
            + "b",
    ])
    func `depth and width take little time`(text: String) {
        let time = ContinuousClock().measure { _ = EntityText(MarkdownText(text)) }
        #expect(time < .seconds(20))
    }

    @Test func `what is beyond the limits stays as it was written`() {
        var limits = ParsingLimits()
        limits.bytes = 10
        #expect(
            MarkdownText("*a*\n\n*bcdefgh*\n\n", limits: limits).blocks == [
                .paragraph([.emphasis([.text("a")])]), .unparsed("*bcdefgh*"),
            ])
        limits = ParsingLimits()
        limits.cost = 100
        #expect(
            MarkdownText("*a* [b [c [d [e [f [g\n\n*b*", limits: limits).blocks == [
                .unparsed("*a* [b [c [d [e [f [g"), .paragraph([.emphasis([.text("b")])]),
            ])
        let deep = String(repeating: "> ", count: 50) + "a"
        #expect(MarkdownText(deep).blocks == [.unparsed(deep)])
    }

    @Test func `ordinary long texts are within the limits`() {
        let table = "|a|b|c|\n|-|-|-|\n" + String(repeating: "| `x` | [y](https://a.org) | **z** |\n", count: 1_000)
        let list = String(repeating: "- **a** `b` [c](https://a.org), _d_\n  - e\n", count: 2_000)
        let prose = String(repeating: "A sentence with *emphasis* and `code`, and a mail to a@b.org.\n", count: 300)
        let code = "```\n" + String(repeating: "  let a[i] = *b[j] & c; // [d](e) x@y\n", count: 20_000) + "```\n"
        let nested = "1. a\n\n   ```\n" + String(repeating: "   let a[i] = *b[j] & c;\n", count: 500) + "   ```\n"
        for text in [table, list, prose, code, nested] {
            let isParsed = MarkdownText(text).blocks.allSatisfy { if case .unparsed = $0 { false } else { true } }
            #expect(isParsed, "\(text.prefix(60))")
        }
    }

    @Test func `an address behind a colon is text, and others are links`() {
        for text in ["to:a@b.org", "&#58;a@b.org", "mailto:a\\@b.org"] {
            let plain = text.replacing("&#58;", with: ":").replacing("\\", with: "")
            #expect(MarkdownText(text).blocks == [.paragraph([.text(plain)])])
        }
        #expect(
            MarkdownText("to: a@b.org").blocks == [
                .paragraph([.text("to: "), .link(destination: "mailto:a@b.org", [.text("a@b.org")])])
            ])
    }

    @Test func `parsers on many threads do not disturb each other`() async {
        let text = "~~a~~ www.a.org **b** https://c.org [d](e) | ~~f~~"
        let expected = MarkdownText(text)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { (0..<500).allSatisfy { _ in MarkdownText(text) == expected } } }
            for await isSame in group { #expect(isSame) }
        }
    }
}
