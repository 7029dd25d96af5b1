import Markdown
import Testing

@Suite struct AnsiRendererTests {
    @Test func `styles begin and end on each line`() {
        #expect(
            lines("**aa bb** *c* `d` ~~e~~", columns: 6) == [
                "\u{1B}[1maa bb\u{1B}[0m", "\u{1B}[3mc\u{1B}[0m \u{1B}[36md\u{1B}[0m \u{1B}[9me\u{1B}[0m",
            ])
    }

    @Test func `without colour there are no escape sequences`() {
        let text = "## a **b**\n\n- `c` [d](e)\n- [x] f\n\n> g\n\n```\nh\n```\n\n***\n\n~~i~~"
        #expect(
            plain(text, columns: 20) == [
                "## a b", "", "• `c` d (e)", "• ☑ f", "", "│ g", "", "    h", "", String(repeating: "─", count: 20), "",
                "~~i~~",
            ])
    }

    @Test func `blocks in items and quotations are indented under them`() {
        #expect(
            plain("9. aaa bbb ccc\n   - ddd eee fff\n10. g\n\n> hhh iii jjj kkk", columns: 13) == [
                "9. aaa bbb", "   ccc", "   • ddd eee", "     fff", "10. g", "", "│ hhh iii jjj", "│ kkk",
            ])
    }

    @Test func `lines are broken between words, by the width of what is drawn`() {
        #expect(plain("aa bb cc", columns: 5) == ["aa bb", "cc"])
        #expect(plain("aaaaaaaaaa b", columns: 5) == ["aaaaaaaaaa", "b"])
        #expect(plain("東京東京東京", columns: 5) == ["東京", "東京", "東京"])
        #expect(plain("👩‍💻👩‍💻 👩‍💻👩‍💻", columns: 8) == ["👩‍💻👩‍💻", "👩‍💻👩‍💻"])
        #expect(plain("e\u{301}e\u{301} e\u{301}", columns: 4) == ["e\u{301}e\u{301} e\u{301}"])
    }

    @Test func `nothing of the text acts on the terminal`() {
        let evil = "\u{1B}[31mred\u{7}\u{9B}2J\u{8}\r\u{1B}]0;t\u{1B}\\\u{7F}"
        for text in [
            evil, "# \(evil)", "```\n\(evil)\n```", "`\(evil)`", "|\(evil)|\n|-|\n", "<b>\(evil)",
            "[\(evil)](<\(evil)>)",
        ] {
            let shown = plain(text, columns: 200).joined(separator: "\n")
            #expect(!shown.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
            #expect(shown.contains("red"))
            let coloured = AnsiRenderer(columns: 200, isColoured: true, hasHyperlinks: true)
                .lines(of: MarkdownText(text).blocks).joined()
            #expect(!coloured.contains("\u{1B}[31m") && !coloured.contains("\u{1B}]0"))
            #expect(
                !coloured.unicodeScalars.contains { $0 == "\u{7}" || $0 == "\u{9B}" || $0 == "\r" || $0 == "\u{8}" })
        }
    }

    @Test func `links say where they lead, unless they show it or the terminal does`() {
        #expect(plain("[a](b) https://c.org [](d)", columns: 80) == ["a (b) https://c.org d"])
        let renderer = AnsiRenderer(columns: 80, isColoured: true, hasHyperlinks: true)
        #expect(
            renderer.lines(of: MarkdownText("[a](https://b.org) [c](d)").blocks) == [
                "\u{1B}]8;;https://b.org\u{1B}\\\u{1B}[4ma\u{1B}[0m\u{1B}]8;;\u{1B}\\ \u{1B}[4mc\u{1B}[0m\u{1B}[2m (d)\u{1B}[0m"
            ])
    }

    @Test func `tables are aligned and code keeps its lines`() {
        #expect(
            plain("|a|b|\n|-|-:|\n|東京|1|\n|👍🏽|22|\n\n```\n  x\n\ny\n```", columns: 8) == [
                "a      b", "────  ──", "東京   1", "👍🏽    22", "", "      x", "", "    y",
            ])
    }

    @Test func `a table that is wider than the terminal stands as it was written`() {
        let text = "|a|b|c|\n|-|-:|:-:|\n|東京|1|x|"
        #expect(
            plain(text, columns: 9) == ["| a | b | c |", "| --- | --: | :-: |", "| 東京 | 1 | x |"])
        #expect(plain(text, columns: 10) == ["a     b  c", "────  ─  ─", "東京  1  x"])
    }

    @Test func `cells have their looks, and links in them say where they lead`() {
        #expect(
            lines("|a|b|\n|-|-|\n|`c d`|[e](https://e.org)|", columns: 40) == [
                "\u{1B}[1ma\u{1B}[0m    \u{1B}[1mb\u{1B}[0m", "───  " + String(repeating: "─", count: 17),
                "\u{1B}[36mc d\u{1B}[0m  \u{1B}[4me\u{1B}[0m\u{1B}[2m (https://e.org)\u{1B}[0m",
            ])
    }

    private func lines(_ text: String, columns: Int) -> [String] {
        AnsiRenderer(columns: columns, isColoured: true).lines(of: MarkdownText(text).blocks)
    }

    private func plain(_ text: String, columns: Int) -> [String] {
        AnsiRenderer(columns: columns, isColoured: false).lines(of: MarkdownText(text).blocks)
    }
}
