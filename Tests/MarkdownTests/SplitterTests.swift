import Markdown
import Testing

@Suite struct SplitterTests {
    @Test func `a text that fits is one part`() {
        let text = EntityText(MarkdownText("# a\n\n```swift\nb\n```"))
        #expect(Splitter().parts(of: text).map(\.text) == [text.text])
        #expect(Splitter().parts(of: text).map(\.entities) == [text.entities])
        #expect(Splitter().parts(of: EntityText(plain: "")).isEmpty)
        #expect(Splitter().parts(of: EntityText(plain: String(repeating: "a", count: 4_096))).count == 1)
    }

    @Test func `cuts are between blocks, else lines, else words, else graphemes`() {
        let splitter = Splitter(length: 10)
        #expect(splitter.parts(ofPlain: "aaa\nb\n\nccc ddd") == ["aaa\nb\n\n", "ccc ddd"])
        #expect(splitter.parts(ofPlain: "aaa\nbbb\nccc ddd") == ["aaa\nbbb\n", "ccc ddd"])
        #expect(splitter.parts(ofPlain: "aaa bbb ccc ddd") == ["aaa bbb ", "ccc ddd"])
        #expect(splitter.parts(ofPlain: "aaaaaaaaaaaaaaa") == ["aaaaaaaaaa", "aaaaa"])
        #expect(splitter.parts(ofPlain: "aaaaaaaaae\u{301}b") == ["aaaaaaaaa", "e\u{301}b"])
    }

    @Test func `a block that is near the beginning is no reason for a short part`() {
        let parts = Splitter(length: 100).parts(ofPlain: "a\n\n" + String(repeating: "b", count: 120))
        #expect(parts.map(\.count) == [100, 23])
    }

    @Test func `blank lines within code are not between blocks`() {
        let code = "aaaa\n\nbbbb\ncccc"
        let text = EntityText(MarkdownText("```js\n\(code)\n```"))
        let parts = Splitter(length: 12).parts(of: text)
        #expect(parts.map(\.text) == ["aaaa\n\nbbbb\n", "cccc"])
        #expect(parts.flatMap(\.described) == ["pre:aaaa\n\nbbbb", "pre:cccc"])
        #expect(parts.allSatisfy { $0.entities.first?.kind == .pre(language: "js") })
    }

    @Test func `code goes on in its language, with its indentation`() {
        let lines = (0..<500).map { "    line(\($0))" }
        let text = EntityText(MarkdownText("a\n```swift\n\(lines.joined(separator: "\n"))\n```\n**b**"))
        let parts = Splitter().parts(of: text)
        #expect(parts.count > 1)
        #expect(parts.map(\.text).joined() == text.text)
        for part in parts {
            let code = part.entities.filter { $0.kind == .pre(language: "swift") }
            #expect(code.count == 1)
            #expect(part.described.contains { $0.hasPrefix("pre:    line(") })
            #expect(part.trimmed?.text.contains("    line(") == true)
            #expect(EntityCheck(part).problems == [])
        }
    }

    @Test func `styles and quotations go on`() {
        let text = EntityText(MarkdownText("> **aaaa bbbb cccc** dddd"))
        let parts = Splitter(length: 10).parts(of: text)
        #expect(parts.map(\.text) == ["aaaa bbbb ", "cccc dddd"])
        #expect(
            parts.map(\.described) == [
                ["blockquote:aaaa bbbb", "bold:aaaa bbbb"], ["blockquote:cccc dddd", "bold:cccc"],
            ])
    }

    @Test func `a part has no more entities than allowed`() {
        let text = EntityText(MarkdownText((0..<1_000).map { "`a\($0)`" }.joined(separator: " ")))
        let parts = Splitter().parts(of: text)
        #expect(parts.map(\.text).joined() == text.text)
        #expect(parts.map(\.entities.count).reduce(0, +) == 1_000)
        #expect(parts.allSatisfy { $0.entities.count <= 100 })
        #expect(parts.dropLast().allSatisfy { $0.entities.count == 100 })
    }

    @Test func `code at the end that is one entity too many opens the next part`() {
        let text = EntityText(MarkdownText((0..<100).map { "`a\($0)`" }.joined(separator: " ") + "\n```\nx\n```"))
        let parts = Splitter().parts(of: text)
        #expect(parts.map(\.entities.count) == [100, 1])
        #expect(parts.last?.described == ["pre:x"])
    }

    @Test(arguments: ["😀", "👨‍👩‍👧‍👦", "🇩🇪", "e\u{301}", "\u{1112}\u{1161}\u{11AB}", "密", "नि"])
    func `thousands of one grapheme are never cut within`(grapheme: String) {
        let text = String(repeating: grapheme, count: 3_000)
        let parts = Splitter().parts(ofPlain: text)
        #expect(parts.joined() == text)
        #expect(parts.allSatisfy { $0.utf16.count <= 4_096 })
        #expect(parts.dropLast().allSatisfy { $0.utf16.count > 4_000 })
        #expect(parts.map(\.count).reduce(0, +) == 3_000)
        #expect(parts.allSatisfy { Set($0).count == 1 })
    }

    @Test func `a grapheme longer than a part is cut between scalars`() {
        let text = "a" + String(repeating: "\u{301}", count: 10_000)
        let parts = Splitter().parts(ofPlain: text)
        #expect(parts.map(\.utf16.count) == [4_096, 4_096, 1_809])
        #expect(parts.joined().unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(Splitter(length: 1).parts(ofPlain: "😀😀") == ["😀", "😀"])
    }

    @Test func `no part is white space alone`() {
        let splitter = Splitter(length: 10)
        for text in [
            "aaaaaaaaaa\n", "aaaaaaaaaa     ", "aaaaaaaa\n\n\n\n\n\nb", "a        \n       b", " \n \n \n \n abcdef",
        ] {
            let parts = splitter.parts(ofPlain: text)
            #expect(parts.joined() == text)
            #expect(parts.allSatisfy { !$0.allSatisfy(\.isWhitespace) && $0.utf16.count <= 10 }, "\(parts)")
        }
    }

    @Test func `more white space than a part holds makes a part that is not shown`() {
        let text = EntityText(plain: "a" + String(repeating: "\n", count: 30) + "b")
        let parts = Splitter(length: 10).parts(of: text)
        #expect(parts.map(\.text).joined() == text.text)
        #expect(parts.compactMap(\.trimmed).map(\.text) == ["a", "b"])
    }

    @Test func `trimming moves the entities`() throws {
        let text = EntityText(text: "\n 👩‍💻\u{A0}a \n", entities: [TextEntity(.bold, offset: 8, length: 1)])
        let trimmed = try #require(text.trimmed)
        #expect(trimmed.text == "👩‍💻\u{A0}a")
        #expect(trimmed.described == ["bold:a"])
    }
}
