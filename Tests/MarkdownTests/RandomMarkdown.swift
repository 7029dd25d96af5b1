import TestSupport

/// Random Markdown: documents as people write them, and soup as nobody does.
struct RandomMarkdown {
    /// A text, and the words in it that have to be seen, in order.
    struct Document {
        var source = ""
        var words: [String] = []
    }

    private static let ornaments = [
        "", "", "", "", "", "é", "e\u{301}", "密", "한국", "\u{1112}\u{1161}\u{11AB}", "👨‍👩‍👧‍👦", "🇩🇪", "😀", "שלום", "مرحبا", "नि",
        "\u{200B}",
        "\u{200D}", "\u{FE0F}", "\u{3000}", "\u{A0}", "\u{2028}",
    ]
    private static let pieces = [
        "*", "**", "***", "_", "__", "~", "~~", "`", "``", "```", "~~~", "[", "]", "(", ")", "![", "](",
        "](https://a.org)",
        "](b)", "<", ">", "<b>", "<!--", "-->", "<pre>", "</pre>", "|", "|-|-|\n", "|-:|", "-", "- ", "+ ", "1. ",
        "7) ", "> ", "#",
        "# ", "\n", "\n", "\n", "\n\n", "\r\n", "\r", " ", "  ", "    ", "\t", "\\", "&amp;", "&#x1F600;",
        "https://a.org/x", "www.a.org",
        "a@b.org", "[x]: https://a.org\n", "[x]", "- [ ] ", "- [x] ", "---\n", "===\n", "***\n", "\0", "\u{1B}[31m",
        "a", "b c", "word",
        ".", ",", "é", "e\u{301}", "\u{301}", "👨‍👩‍👧‍👦", "🇩🇪", "🇪", "密", "שלום", "\u{1112}\u{1161}\u{11AB}", "\u{200D}",
        "\u{FE0F}", "\u{200B}",
        "\u{2028}", "\u{3000}", "\u{FEFF}",
    ]

    var generator: SeededGenerator
    private var count = 0

    init(generator: SeededGenerator) { self.generator = generator }

    mutating func soup(of count: Int) -> String {
        (0..<Int.random(in: 0...count, using: &generator)).map { _ in pick(Self.pieces) }.joined()
    }

    /// Cuts a text between scalars, at random.
    mutating func chunks(of text: String) -> [String] {
        var chunks = [""]
        for scalar in text.unicodeScalars {
            if number(5) == 0 { chunks.append("") }
            chunks[chunks.count - 1].unicodeScalars.append(scalar)
        }
        return chunks
    }

    mutating func document(blocks: Int) -> Document {
        var document = Document()
        add(to: &document, blocks: blocks, prefix: "", depth: 0)
        return document
    }

    private mutating func add(to document: inout Document, blocks: Int, prefix: String, depth: Int) {
        for index in 0..<blocks {
            if index > 0 { document.source += prefix.isEmpty ? "\n" : prefix + "\n" }
            var block = Document()
            addBlock(to: &block, depth: depth)
            let lines = block.source.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            for (number, line) in lines.enumerated() {
                document.source += (index == 0 && number == 0 || line.isEmpty ? "" : prefix) + line + "\n"
            }
            document.words += block.words
        }
    }

    private mutating func addBlock(to document: inout Document, depth: Int) {
        switch number(depth > 2 ? 6 : 9) {
        case 0: addLine(to: &document, "\(String(repeating: "#", count: 1 + number(6))) ")
        case 1:
            let fence = pick(["```", "~~~", "````"])
            document.source += "\(fence)\(pick(["", "swift", "js x=1"]))\n"
            for _ in 0..<number(30) {
                document.source += pick(["", "    ", "  "])
                addWords(to: &document, plain: true)
                document.source += pick(["\n", "\n\n", " {\n", "*x*\n"])
            }
            document.source += "\(fence)\n"
        case 2:
            let columns = 1 + number(4)
            for row in 0...(1 + number(5)) {
                document.source += "|"
                for _ in 0..<columns {
                    addWords(to: &document, plain: true)
                    document.source += "|"
                }
                document.source += "\n"
                if row == 0 {
                    document.source += "|" + (0..<columns).map { _ in pick(["---|", ":-:|", "-:|"]) }.joined() + "\n"
                }
            }
        case 3...5:
            for _ in 0...number(4) { addLine(to: &document, "") }
        case 6:
            let isOrdered = number(2) == 0
            let first = 1 + number(8)
            for index in 0...number(4) {
                let marker = isOrdered ? "\(first + index). " : "- "
                document.source += marker + (isOrdered ? "" : pick(["", "", "[ ] ", "[x] "]))
                add(
                    to: &document, blocks: 1 + number(2), prefix: String(repeating: " ", count: marker.count),
                    depth: depth + 1)
            }
        case 7:
            document.source += "> "
            add(to: &document, blocks: 1 + number(3), prefix: "> ", depth: depth + 1)
        default: document.source += "\n* * *\n"
        }
    }

    private mutating func addLine(to document: inout Document, _ beginning: String) {
        document.source += beginning
        for _ in 0...number(4) {
            switch number(7) {
            case 0: surround(&document, "**", "**")
            case 1: surround(&document, "*", "*")
            case 2: surround(&document, "~~", "~~")
            case 3: surround(&document, "`", "`")
            case 4: surround(&document, "[", pick(["](https://a.org/x_y)", "](src/a_b.swift)", "](javascript:x)"]))
            case 5: surround(&document, "**a *", "* `b`**")
            default: addWords(to: &document, plain: false)
            }
            document.source += " "
        }
        document.source += "x\n"
    }

    private mutating func surround(_ document: inout Document, _ opening: String, _ closing: String) {
        document.source += opening
        addWords(to: &document, plain: true)
        document.source += closing
    }

    /// Words of which no two are the same.
    private mutating func addWords(to document: inout Document, plain: Bool) {
        for index in 0...number(3) {
            count += 1
            let word = "w\(count)\(pick(["q", "z", "_y", "k"]))"
            document.words.append(word)
            document.source += (index > 0 ? " " : "") + word + pick(Self.ornaments) + "q"
        }
        if !plain { document.source += pick(["", ",", ".", "!"]) }
    }

    private mutating func number(_ count: Int) -> Int { count < 1 ? 0 : Int.random(in: 0..<count, using: &generator) }

    private mutating func pick(_ choices: [String]) -> String { choices[number(choices.count)] }
}
