import Markdown
import Testing

@Suite struct MarkdownTextTests {
    @Test func `emphasis nests`() {
        #expect(
            blocks("**bold *x* y** ~~z~~") == [
                .paragraph([
                    .strong([.text("bold "), .emphasis([.text("x")]), .text(" y")]), .text(" "),
                    .strikethrough([.text("z")]),
                ])
            ])
    }

    @Test func `ends of lines are told apart`() {
        #expect(
            blocks("a\nb  \nc\\\nd") == [
                .paragraph([
                    .text("a"), .softBreak, .text("b"), .hardBreak, .text("c"), .hardBreak, .text("d"),
                ])
            ])
    }

    @Test func `headings have levels`() {
        #expect(blocks("# a\n## `b`\nc\n===") == [heading(1, "a"), .heading(level: 2, [.code("b")]), heading(1, "c")])
    }

    @Test func `a fence holds anything up to its end, or up to that of the text`() {
        #expect(
            blocks("```swift\nlet a = \"*x*\"\n\n# b\n```\nc") == [
                .code(info: "swift", "let a = \"*x*\"\n\n# b"), paragraph("c"),
            ])
        #expect(blocks("~~~\n```\n~~~\n````\n```\nx") == [.code(info: "", "```"), .code(info: "", "```\nx")])
        #expect(blocks("```") == [.code(info: "", "")])
    }

    @Test func `lists keep their numbers, boxes and tightness`() {
        let inner = MarkdownList(start: 1, isTight: true, items: [MarkdownList.Item(blocks: [paragraph("b")])])
        #expect(
            blocks("- a\n  1. b\n- [x] c\n- [ ] d") == [
                .list(
                    MarkdownList(
                        start: nil, isTight: true,
                        items: [
                            MarkdownList.Item(blocks: [paragraph("a"), .list(inner)]),
                            MarkdownList.Item(isChecked: true, blocks: [paragraph("c")]),
                            MarkdownList.Item(isChecked: false, blocks: [paragraph("d")]),
                        ]))
            ])
        #expect(
            blocks("1. a\n\n2. b") == [
                .list(
                    MarkdownList(
                        start: 1, isTight: false,
                        items: [
                            MarkdownList.Item(blocks: [paragraph("a")]), MarkdownList.Item(blocks: [paragraph("b")]),
                        ]))
            ])
    }

    @Test func `tables have alignments and cells`() {
        #expect(
            blocks("| a | b | c |\n|---|:-:|--:|\n| `x` | y |") == [
                .table(
                    MarkdownTable(
                        alignments: [.left, .center, .right],
                        rows: [
                            [[.text("a")], [.text("b")], [.text("c")]], [[.code("x")], [.text("y")], []],
                        ]))
            ])
    }

    @Test func `quotations, breaks and HTML are blocks`() {
        #expect(
            blocks("> a\n>\n> > b\n\n---\n<p>x</p>\n\n<!-- a\n\nb -->\nc") == [
                .quote([paragraph("a"), .quote([paragraph("b")])]), .thematicBreak, .html("<p>x</p>"),
                .html("<!-- a\n\nb -->"), paragraph("c"),
            ])
    }

    @Test func `links and images keep where they lead`() {
        #expect(
            blocks("[a](b/c.md \"t\") ![d](e) https://a.org <x@a.org>") == [
                .paragraph([
                    .link(destination: "b/c.md", [.text("a")]), .text(" "), .image(source: "e", [.text("d")]),
                    .text(" "),
                    .link(destination: "https://a.org", [.text("https://a.org")]), .text(" "),
                    .link(destination: "mailto:x@a.org", [.text("x@a.org")]),
                ])
            ])
    }

    @Test func `a link may be defined anywhere in the text, and its definition stays readable`() {
        #expect(
            blocks("[a][1]\n\nb\n\n[1]: https://a.org \"t\"") == [
                .paragraph([.link(destination: "https://a.org", [.text("a")])]), paragraph("b"),
                .unparsed("[1]: https://a.org \"t\""),
            ])
        #expect(blocks("[^1] and [x]\n\n[^1]: two words") == [paragraph("[^1] and [x]"), paragraph("[^1]: two words")])
    }

    @Test(
        arguments: ["src/pkg/__init__.py", "__init__.py", "a.__init__(b)", "tests/_a_/b", "`__init__.py`"])
    func `a name with underscores is no emphasis`(name: String) {
        let text = EntityText(MarkdownText("See \(name) there")).text
        #expect(text == "See \(name) there".filter { $0 != "`" })
        #expect(!EntityText(MarkdownText(name)).entities.contains { $0.kind == .bold || $0.kind == .italic })
    }

    @Test func `emphasis by underscores is still emphasis`() {
        #expect(
            blocks("a __b__ _c_.") == [
                .paragraph([
                    .text("a "), .strong([.text("b")]), .text(" "), .emphasis([.text("c")]), .text("."),
                ])
            ])
        #expect(blocks("x/**b**/y") == [.paragraph([.text("x/"), .strong([.text("b")]), .text("/y")])])
    }

    @Test func `what is nested too deeply becomes text, and is all there`() {
        var limits = ParsingLimits()
        limits.depth = 2
        #expect(MarkdownText("> > > *a*\n> > > b", limits: limits).blocks == [.quote([.quote([paragraph("a\nb")])])])
        #expect(
            MarkdownText("***~~a~~***", limits: limits).blocks == [.paragraph([.emphasis([.strong([.text("a")])])])])
    }

    @Test func `ends of lines may be written in any way, and NUL is replaced`() {
        #expect(
            blocks("a\r\n\r\nb\rc\0") == [
                paragraph("a"), .paragraph([.text("b"), .softBreak, .text("c\u{FFFD}")]),
            ])
        #expect(blocks("a\u{2028}b") == [paragraph("a\u{2028}b")])
        #expect(blocks(String(decoding: [0x61, 0xFF, 0xC3, 0x2A], as: UTF8.self)) == [paragraph("a\u{FFFD}\u{FFFD}*")])
    }

    @Test(arguments: ["", " ", "\n\n", "\t\n \n", "\r"])
    func `nothing has no blocks`(text: String) {
        #expect(blocks(text).isEmpty)
        #expect(EntityText(MarkdownText(text)) == EntityText(plain: ""))
    }

    private func blocks(_ text: String) -> [Block] { MarkdownText(text).blocks }
    private func paragraph(_ text: String) -> Block { .paragraph([.text(text)]) }
    private func heading(_ level: Int, _ text: String) -> Block { .heading(level: level, [.text(text)]) }
}
