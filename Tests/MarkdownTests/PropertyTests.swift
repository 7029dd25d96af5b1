import Markdown
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct PropertyTests {
    @Test func `entities of any text nest, lie inside it and at the bounds of graphemes`() async {
        let seed = Seed()
        for round in 0..<1_500 {
            await Task.yield()
            var random = RandomMarkdown(generator: seed.generator(round))
            let source = random.soup(of: 50)
            let text = EntityText(MarkdownText(source))
            #expect(EntityCheck(text).problems == [], "\(seed), round \(round): \(source.debugDescription)")
        }
    }

    @Test func `no word of a document is lost, in whatever it is rendered`() async {
        let seed = Seed()
        for round in 0..<400 {
            await Task.yield()
            var random = RandomMarkdown(generator: seed.generator(round))
            let document = random.document(blocks: 12)
            let message = "\(seed), round \(round): \(document.source.debugDescription)"
            let markdown = MarkdownText(document.source)
            let text = EntityText(markdown)
            #expect(missing(document.words, in: text.text) == nil, "\(message)")
            #expect(EntityCheck(text).problems == [], "\(message)")
            for columns in [12, 40, 100] {
                let lines = AnsiRenderer(columns: columns, isColoured: false).lines(of: markdown.blocks)
                #expect(missing(document.words, in: lines.joined(separator: "\n")) == nil, "\(message)")
            }
        }
    }

    @Test(arguments: [(4_096, 100), (200, 100), (64, 3), (9, 2)])
    func `parts fit, join to the text and keep its entities`(length: Int, entities: Int) async {
        let seed = Seed()
        let splitter = Splitter(length: length, entities: entities)
        for round in 0..<150 {
            await Task.yield()
            var random = RandomMarkdown(generator: seed.generator(round))
            let source = round % 2 == 0 ? random.document(blocks: 20).source : random.soup(of: 400)
            check(EntityText(MarkdownText(source)), splitter, "\(seed), round \(round)")
            check(EntityText(plain: source), splitter, "\(seed), round \(round), plain")
        }
    }

    @Test func `a hundred thousand characters are split, and nothing is lost`() {
        let seed = Seed()
        var random = RandomMarkdown(generator: seed.generator(0))
        var document = RandomMarkdown.Document()
        while document.source.utf16.count < 100_000 {
            let more = random.document(blocks: 10)
            document.source += more.source + "\n"
            document.words += more.words
        }
        let text = EntityText(MarkdownText(document.source))
        check(text, Splitter(), "\(seed)")
        let parts = Splitter().parts(of: text)
        #expect(missing(document.words, in: parts.map(\.text).joined()) == nil, "\(seed)")
        #expect(parts.count < 3 * text.text.utf16.count / 4_096 + 2, "\(seed)")
    }

    private func check(_ text: EntityText, _ splitter: Splitter, _ message: String) {
        let parts = splitter.parts(of: text)
        #expect(parts.map(\.text).joined().utf8.elementsEqual(text.text.utf8), "\(message)")
        let bounds = Bounds(of: text.text)
        var start = 0
        for part in parts {
            let count = part.text.utf16.count
            let isLongGrapheme = !bounds.isWhole(start, start + count)
            #expect(count <= splitter.length && count > 0, "\(message)")
            #expect(part.entities.count <= splitter.entities, "\(message)")
            #expect(!isLongGrapheme || bounds.longest >= splitter.length - 8, "\(message): \(part)")
            #expect(EntityCheck(part, hasWholeGraphemes: !isLongGrapheme).problems == [], "\(message)")
            let isBlank = part.text.allSatisfy {
                $0.isWhitespace && $0.unicodeScalars.count == 1 || ["\u{200B}", "\u{FEFF}", "\u{2060}"].contains($0)
            }
            #expect(!isBlank || count >= splitter.length - 8 || parts.count == 1, "\(message): \(part)")
            if let trimmed = part.trimmed {
                #expect(EntityCheck(trimmed, hasWholeGraphemes: !isLongGrapheme).problems == [], "\(message)")
                #expect(part.text.utf8.firstRange(of: trimmed.text.utf8) != nil, "\(message)")
            }
            start += count
        }
        guard parts.count > 1, splitter.entities == 100 else { return }
        let kept = parts.flatMap(\.described).joined().filter { !$0.isWhitespace }
        #expect(kept.count >= text.described.joined().filter { !$0.isWhitespace }.count / 2, "\(message)")
    }

    /// The first of `words` that does not stand behind the one before it.
    private func missing(_ words: [String], in text: String) -> String? {
        var rest = Substring(text).utf8
        for word in words {
            guard let range = rest.firstRange(of: word.utf8) else { return word }
            rest = rest[range.upperBound...]
        }
        return nil
    }

    /// Where graphemes begin and end, in UTF-16.
    private struct Bounds {
        private var places: Set<Int> = [0]
        private(set) var longest = 0

        init(of text: String) {
            var units = 0
            for character in text {
                units += character.utf16.count
                longest = max(longest, character.utf16.count)
                places.insert(units)
            }
        }

        func isWhole(_ start: Int, _ end: Int) -> Bool { places.contains(start) && places.contains(end) }
    }
}
