import Testing
import TestSupport

@testable import Markdown

@Suite(.timeLimit(.minutes(3))) struct AnsiFlowTests {
    private let narrow = AnsiRenderer(columns: 12, isColoured: false)

    // MARK: As it comes

    @Test func `lines of a paragraph come as they fill up, the last one when it is complete`() {
        var flow = AnsiFlow()
        #expect(flow.add("one two thr", by: narrow) == [])
        #expect(flow.add("ee four five ", by: narrow) == ["one two", "three four"])
        #expect(flow.add("six seven", by: narrow) == [])
        #expect(flow.add("\n\n", by: narrow) == ["five six", "seven"])
        #expect(flow.add("next\n\n", by: narrow) == ["", "next"])
        #expect(flow.finish(by: narrow) == [])
    }

    @Test func `code comes line by line, before its fence is closed`() {
        var flow = AnsiFlow()
        let renderer = AnsiRenderer(columns: 12, isColoured: true)
        #expect(flow.add("```swift\n", by: renderer) == [])
        #expect(flow.add("let a = 1\n", by: renderer) == ["    \u{1B}[2mlet a = 1\u{1B}[0m"])
        #expect(flow.add("    let b = 22\nlet", by: renderer) == ["    \u{1B}[2m    let b = 22\u{1B}[0m"])
        #expect(flow.add(" c = 333\n```\n", by: renderer) == ["    \u{1B}[2mlet c = 333\u{1B}[0m"])
        #expect(flow.finish(by: renderer) == [])
    }

    @Test func `an item comes line by line`() {
        var flow = AnsiFlow()
        #expect(flow.add("1. first\n", by: narrow) == ["1. first"])
        #expect(flow.add("2.\n", by: narrow) == [])
        #expect(flow.add("   second ", by: narrow) == [])
        #expect(flow.add("item is long\n", by: narrow) == ["2. second", "   item is", "   long"])
        #expect(flow.finish(by: narrow) == [])
    }

    @Test(arguments: [
        "row 1\n", "[1/4] row\n", "a | b\nc\n", "> row 1\n", "- row 1\n", "snake_case 2 * 3\n", "    row\n",
        "see [x] [y].\n",
    ])
    func `a line that is complete and plain does not wait for the next one`(text: String) {
        let renderer = AnsiRenderer(columns: 80, isColoured: true)
        var flow = AnsiFlow(), whole = AnsiFlow()
        let lines = flow.add(text, by: renderer)
        #expect(lines == whole.add(text, by: renderer) + whole.finish(by: renderer))
        #expect(!lines.isEmpty)
        #expect(flow.finish(by: renderer) == [])
    }

    @Test(arguments: ["a | b\n", "[x][y\n", "[x](\n", "[x]:\n", "row \\\n", "```\n", "a `b\n", "-\n", "- [ ]\n"])
    func `a line that may still look different waits`(text: String) {
        var flow = AnsiFlow()
        #expect(flow.add(text, by: AnsiRenderer(columns: 80, isColoured: true)) == [])
    }

    @Test func `only the line that may be the head of a table waits`() {
        var flow = AnsiFlow()
        let renderer = AnsiRenderer(columns: 80, isColoured: false)
        #expect(flow.add("a | b\n", by: renderer) == [])
        #expect(flow.add("c | d\n", by: renderer) == ["a | b"])
        #expect(flow.add("--- | ---\n", by: renderer) == [])
    }

    @Test func `lines of a long block that were not looked at are given when they are asked for`() {
        let renderer = AnsiRenderer(columns: 80, isColoured: true)
        var flow = AnsiFlow(), given = 0, asked = 0
        _ = flow.add("```\n", by: renderer)
        for row in 1...2_000 {
            given += flow.add("row \(row)\n", by: renderer).count
            if row % 100 == 0 {
                asked += flow.look(by: renderer).count
                #expect(given + asked == row)
            }
        }
        #expect(asked > 0)
        #expect(flow.look(by: renderer) == [])
    }

    @Test(arguments: ["**bold words", "`some code", "[a link](htt", "~~struck out", "<b class=", "_slanted words"])
    func `what may still get its other half waits for it`(open: String) {
        var flow = AnsiFlow()
        #expect(flow.add("\(open) and more and more and more ", by: narrow) == [])
        #expect(flow.finish(by: narrow).isEmpty == false)
    }

    @Test func `what is closed does not wait, nor what opens nothing`() {
        var flow = AnsiFlow()
        let renderer = AnsiRenderer(columns: 12, isColoured: true)
        #expect(
            flow.add("**a b** `c` *d* snake_case_name 2 * 3 < 4 then more ", by: renderer) == [
                "\u{1B}[1ma b\u{1B}[0m \u{1B}[36mc\u{1B}[0m \u{1B}[3md\u{1B}[0m", "snake_case_name", "2 * 3 < 4",
            ])
        #expect(flow.finish(by: renderer) == ["then more"])
    }

    @Test func `writing without blanks comes by its own marks, and wide characters count as two`() {
        var flow = AnsiFlow()
        #expect(flow.add("東京東京東京東京。", by: narrow) == ["東京東京東京"])
        #expect(flow.add("東京\n\n", by: narrow) == ["東京。東京"])
    }

    @Test func `a table comes when it is complete`() {
        var flow = AnsiFlow()
        let renderer = AnsiRenderer(columns: 40, isColoured: false)
        #expect(
            flow.add("| name | what it is |\n|---|---:|\n| aaaa | bbbbbbbbbb |\n| longer | c |\n", by: renderer) == [])
        #expect(
            flow.add("\n", by: renderer) == [
                "name    what it is", "──────  ──────────", "aaaa    bbbbbbbbbb", "longer           c",
            ])
    }

    // MARK: Nothing twice

    @Test func `a paragraph that turns out to be a heading, and a list that becomes loose, go on where they were`() {
        var flow = AnsiFlow()
        #expect(flow.add("one two three four ", by: narrow) == ["one two"])
        #expect(
            flow.add("\n===\n\n", by: AnsiRenderer(columns: 12, isColoured: true)) == ["\u{1B}[1;4mthree four\u{1B}[0m"]
        )
        #expect(flow.add("- a\n- b\n- c\n- d\n- e\n", by: narrow) == ["", "• a", "• b", "• c", "• d", "• e"])
        #expect(flow.add("\n- f\n\nend\n\n", by: narrow) == ["", "• f", "", "end"])
    }

    @Test func `a terminal that gets another width goes on behind the last word`() {
        var flow = AnsiFlow()
        #expect(flow.add("one two three four five ", by: narrow) == ["one two", "three four"])
        let wide = AnsiRenderer(columns: 80, isColoured: false)
        #expect(flow.add("six\n\n", by: wide) == ["five six"])
    }

    @Test func `what is told in the midst of a block stands behind what was said, and the block goes on`() {
        var flow = AnsiFlow()
        let renderer = AnsiRenderer(columns: 40, isColoured: true)
        #expect(flow.add("I **run", by: renderer) == [])
        #expect(flow.pause(by: renderer) == ["I **run"])
        #expect(flow.add(" it** now\n\n", by: renderer) == ["\u{1B}[1mit\u{1B}[0m now"])
        #expect(flow.add("```\nlet a\nlet", by: renderer) == ["", "    \u{1B}[2mlet a\u{1B}[0m"])
        #expect(flow.pause(by: renderer) == ["    \u{1B}[2mlet\u{1B}[0m"])
        // The fence is still open: what comes is code, and what is behind it is none.
        #expect(
            flow.add(" b\n\n  c\n```\ntext\n\n", by: renderer) == [
                "\u{1B}[2mb\u{1B}[0m", "", "    \u{1B}[2m  c\u{1B}[0m", "", "text",
            ])
        #expect(flow.pause(by: renderer) == [])
        // What stands between sets the blocks apart.
        #expect(flow.add("more\n\n", by: renderer) == ["more"])
    }

    @Test func `a line that is too long to be looked at twice is all there when something else is told`() {
        var flow = AnsiFlow()
        let words = (0..<2_000).map { "word\($0)" }
        let early = flow.add(words.joined(separator: " "), by: narrow)
        let told = early + flow.pause(by: narrow)
        #expect(told.joined(separator: " ").split(separator: " ").map(String.init) == words)
        #expect(flow.add("more\n\n", by: narrow) == ["more"])
    }

    @Test func `after the end another text begins`() {
        var flow = AnsiFlow()
        #expect(flow.add("```\na", by: narrow) == [])
        #expect(flow.finish(by: narrow) == ["    a"])
        #expect(flow.add("\n\nb\n\n", by: narrow) == ["b"])
    }

    // MARK: Whatever comes

    @Test func `however a document is cut, its lines are those of the whole`() {
        let seed = Seed()
        for round in 0..<120 {
            var random = RandomMarkdown(generator: seed.generator(round))
            let document = random.document(blocks: 8)
            let renderer = AnsiRenderer(columns: [16, 40, 100][round % 3], isColoured: round % 2 == 0)
            let whole = renderer.lines(of: MarkdownText(document.source).blocks)
            var flow = AnsiFlow()
            let lines =
                random.chunks(of: document.source).flatMap { flow.add($0, by: renderer) } + flow.finish(by: renderer)
            let message = "\(seed), round \(round): \(document.source.debugDescription)"
            #expect(read(lines) == read(whole), "\(message)")
            // That a list is loose may be known only when its first items have been given, and that a paragraph is a heading
            // only with the dash behind it: then its first lines look otherwise, and say the same.
            let mayTurnOut = document.source.contains(/(?m)^ *- *$/)
            let looks = [lines, whole].map { lines in
                lines.filter(hasText).map { mayTurnOut ? String(VisibleLine.characters(of: $0)) : $0 }
            }
            let odd = zip(looks[0], looks[1]).first { $0 != $1 }
            #expect(looks[0] == looks[1], "\(odd as Any): \(message)")
        }
    }

    @Test func `nothing that people read is lost in soup, wherever it is interrupted`() {
        let seed = Seed()
        for round in 0..<400 {
            var random = RandomMarkdown(generator: seed.generator(round))
            let source = random.soup(of: 60)
            var generator = seed.generator(round + 10_000)
            let renderer = AnsiRenderer(columns: 20, isColoured: round % 2 == 0)
            var whole = CompletedBlocks()
            let pieces = whole.add(source) + whole.finish()
            let expected = pieces.flatMap { renderer.lines(of: $0.blocks) }
            var flow = AnsiFlow()
            var lines: [String] = []
            for chunk in random.chunks(of: source) {
                lines += flow.add(chunk, by: renderer)
                if Int.random(in: 0..<20, using: &generator) == 0 { lines += flow.pause(by: renderer) }
            }
            lines += flow.finish(by: renderer)
            var left = Dictionary(read(lines).map { ($0, 1) }, uniquingKeysWith: +)
            let lost = read(expected).first { character in
                left[character, default: 0] -= 1
                return left[character, default: 0] < 0
            }
            #expect(lost == nil, "\(seed), round \(round): \(source.debugDescription)")
        }
    }

    @Test func `without colours what is shown holds the words of the text`() {
        let seed = Seed()
        for round in 0..<80 {
            var random = RandomMarkdown(generator: seed.generator(round))
            let document = random.document(blocks: 8)
            var flow = AnsiFlow()
            let lines =
                random.chunks(of: document.source).flatMap { flow.add($0, by: narrow) } + flow.finish(by: narrow)
            let lost = missing(document.words, in: lines.joined(separator: "\n"))
            #expect(lost == nil, "\(seed), round \(round): \(document.source.debugDescription)")
        }
    }

    @Test func `a long block is looked at seldom, and hostile ones are not looked at before they are complete`() {
        let renderer = AnsiRenderer(columns: 80, isColoured: true)
        var flow = AnsiFlow(), lines = 0
        let code = "```\n" + (0..<5_000).map { "line \($0)\n" }.joined() + "```\n"
        let bytes = Array(code.utf8)
        let time = ContinuousClock().measure {
            for start in stride(from: 0, to: bytes.count, by: 40) {
                lines += flow.add(String(decoding: bytes[start...].prefix(40), as: UTF8.self), by: renderer).count
            }
        }
        #expect(lines == 5_000)
        var hostile = AnsiFlow()
        let other = ContinuousClock().measure {
            for _ in 0..<4_000 { _ = hostile.add("[[[[[[[[ ", by: renderer) }
            _ = hostile.finish(by: renderer)
        }
        print("a long block took \(time), a hostile one \(other)")
        #expect(other < .seconds(30))
    }

    private func missing(_ words: [String], in text: String) -> String? {
        var rest = Substring(text).utf8
        for word in words {
            guard let range = rest.firstRange(of: word.utf8) else { return word }
            rest = rest[range.upperBound...]
        }
        return nil
    }

    /// The letters and digits, in order.
    private func read(_ lines: [String]) -> [Character] {
        lines.flatMap { VisibleLine.characters(of: $0) }.filter { $0.isLetter || $0.isNumber }
    }

    private func hasText(_ line: String) -> Bool { VisibleLine.characters(of: line).contains { $0 != "│" } }

    @Test func `a pause between blocks keeps what links lead to`() {
        var flow = AnsiFlow()
        let renderer = AnsiRenderer(columns: 80, isColoured: true)
        var lines = flow.add("[1]: https://a.org/b\n\n", by: renderer)
        lines += flow.pause(by: renderer)
        lines += flow.add("see [docs][1]\n\n", by: renderer) + flow.finish(by: renderer)
        #expect(lines.joined().contains("https://a.org/b") && !lines.joined().contains("[docs]"))
    }
}
