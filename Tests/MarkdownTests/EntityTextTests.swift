import Markdown
import Testing

@Suite struct EntityTextTests {
    @Test func `offsets count UTF-16`() {
        let text = EntityText(MarkdownText("👩‍💻 **é** `密`"))
        #expect(text.text == "👩‍💻 é 密")
        #expect(text.entities == [TextEntity(.bold, offset: 6, length: 1), TextEntity(.code, offset: 8, length: 1)])
    }

    @Test func `styles nest and never cross`() {
        expect("**bold *x* y** ~~z~~", "bold x y z", ["bold:bold x y", "italic:x", "strikethrough:z"])
        expect("***a***", "a", ["italic:a", "bold:a"])
        expect("**a __b__**", "a b", ["bold:a b"])
    }

    @Test func `code interrupts what it stands in`() {
        expect("**a `b` c**", "a b c", ["bold:a", "code:b", "bold:c"])
        expect("# `a` b", "a b", ["code:a", "bold:b"])
        expect("` a `", "a", ["code:a"])
    }

    @Test func `headings are bold lines`() {
        expect("# A\nb\n## C\n", "A\n\nb\n\nC", ["bold:A", "bold:C"])
    }

    @Test func `lists have marks, numbers and boxes`() {
        expect(
            "3. a\n4. b\n   - c\n     d\n   - [x] e\n     1. f\n5. g",
            "3. a\n4. b\n   • c\n     d\n   • ☑ e\n     1. f\n5. g", [])
        expect("- a\n\n  b\n- c", "• a\n\n  b\n\n• c", [])
        expect("- [ ] a\n-\n- b", "• ☐ a\n• \n• b", [])
    }

    @Test func `code in a list stands at the margin`() {
        expect("1. a\n   ```js\n     x\n   y\n   ```\n   b\n2. c", "1. a\n  x\ny\n   b\n2. c", ["pre:  x\ny"])
        expect("- ```\n  x\n  ```", "• \nx", ["pre:x"])
    }

    @Test func `code keeps its language and its indentation`() {
        let text = EntityText(MarkdownText("```c++ file=x\n\n  a\n\n b\n\n```\n"))
        #expect(text.text == "\n  a\n\n b")
        #expect(text.entities == [TextEntity(.pre(language: "c++"), offset: 1, length: 7)])
        #expect(
            EntityText(MarkdownText("```a\"b\nx")).entities == [TextEntity(.pre(language: nil), offset: 0, length: 1)])
    }

    @Test func `quotations hold everything but code blocks and themselves`() {
        expect("> a **b**\n> c `d`", "a b\nc d", ["blockquote:a b\nc d", "bold:b", "code:d"])
        expect("> a\n> > b\n> > c", "a\n\n> b\n> c", ["blockquote:a\n\n> b\n> c"])
        expect("> a\n> ```\n> b\n> ```\n> c", "a\n\nb\n\nc", ["blockquote:a", "pre:b", "blockquote:c"])
        expect("- a\n  > b", "• a\n  b", ["blockquote:b"])
    }

    @Test func `tables are aligned by the width of what is drawn`() {
        let text = EntityText(MarkdownText("|a|名前|c|\n|:-|-:|:-:|\n|x|👩‍💻|e\u{301}e|\n|**longer**|1|2|\n"))
        #expect(
            text.text == """
                a       名前  c
                ──────  ────  ──
                x         👩‍💻  e\u{301}e
                longer     1  2
                """)
        #expect(text.described.map { $0.prefix(5) } == ["pre:a"])
    }

    @Test func `links in tables stand below`() {
        expect(
            "|a|b|\n|-|-|\n|[x](https://a.org/x)|[y](https://a.org/y)|\n",
            "a  b\n─  ─\nx  y\nx · y", ["pre:a  b\n─  ─\nx  y", "text_link:x", "text_link:y"])
    }

    @Test func `breaks and HTML are shown`() {
        expect("a\n\n***\n\n<b>x</b> &lt;", "a\n\n──────────\n\n<b>x</b> <", [])
        expect("a<br>b\n\n<!-- c -->", "a<br>b\n\n<!-- c -->", [])
    }

    @Test func `entities end at the bounds of graphemes`() {
        expect("**e**\u{301}x", "e\u{301}x", ["bold:e\u{301}"])
        expect("a**\u{301} b**", "a\u{301} b", ["bold:b"])
        expect("🇩**🇪**", "🇩🇪", [])
        expect("e\u{301}`\u{301}a \u{301}`", "e\u{301}\u{301}a \u{301}", ["code:a \u{301}"])
        expect("a**\u{200D}  \u{301}**", "a\u{200D}  \u{301}", ["bold: \u{301}"])
    }

    @Test func `white space at the edges belongs to no entity`() {
        expect("**a&nbsp;**b *&#32;c&#x3000;*", "a\u{A0}b *", nil)
        expect("x [ a ](https://a.org)", "x  a", ["text_link:a"])
    }

    private func expect(
        _ markdown: String, _ text: String, _ entities: [String]?, _ location: SourceLocation = #_sourceLocation
    ) {
        let rendered = EntityText(MarkdownText(markdown))
        if let entities {
            #expect(rendered.text == text, sourceLocation: location)
            #expect(rendered.described == entities, sourceLocation: location)
        }
        #expect(EntityCheck(rendered).problems == [], sourceLocation: location)
    }
}
