import TestSupport
import Testing

@testable import REPL

@Suite struct LineLayoutTests {
    init() {
        UTF8Locale.adopt()
    }

    private func layout(_ text: String, cursor: Int? = nil, prompt: String = "> ", columns: Int = 10) -> LineLayout {
        let line = EditedLine(text: text, cursor: cursor ?? text.unicodeScalars.count)
        return LineLayout(prompt: Prompt(prompt), line: line, columns: columns)
    }

    @Test func `A line is broken where the row is full, and the cursor behind a full row is in the next`() {
        let layout = layout("abcdefgh")
        #expect(layout.rows.map(\.text) == ["> abcdefgh", ""])
        #expect(layout.cursor == Position(row: 1, column: 0))
        #expect(self.layout("abcdefghi").rows.map(\.text) == ["> abcdefgh", "i"])
    }

    @Test func `A wide character that does not fit goes to the next row`() {
        let layout = layout("abcdefg漢", cursor: 7)
        #expect(layout.rows.map(\.text) == ["> abcdefg", "漢"])
        #expect(layout.cursor == Position(row: 1, column: 0))
    }

    @Test func `A combining character takes no column`() {
        let layout = layout("e\u{301}x", cursor: 2)
        #expect(layout.rows.map(\.width) == [4])
        #expect(layout.cursor == Position(row: 0, column: 3))
    }

    @Test func `A combining character without a base gets one`() {
        #expect(layout("\u{301}").rows.map(\.text) == ["> \u{25CC}\u{301}"])
    }

    @Test func `A newline begins a row, also behind a full one`() {
        #expect(layout("ab\n\nc").rows.map(\.text) == ["> ab", "", "c"])
        #expect(layout("abcdefgh\nx").rows.map(\.text) == ["> abcdefgh", "x"])
        #expect(layout("ab\n").cursor == Position(row: 1, column: 0))
    }

    @Test func `A tab goes to the next stop and ends with the row`() {
        #expect(layout("a\tb", columns: 20).rows.map(\.text) == ["> a     b"])
        #expect(layout("abcdefg\tx").rows.map(\.text) == ["> abcdefg ", "x"])
    }

    @Test func `Control characters are shown as keys`() {
        #expect(layout("\u{1}\u{1B}\u{7F}").rows.map(\.text) == ["> ^A^[^?"])
    }

    @Test func `A sequence of emoji counts as wide as it can be, and what follows is placed`() {
        let layout = layout("👨‍👩‍👧x", columns: 20)
        #expect(layout.rows.map(\.width) == [9])
        #expect(layout.rows[0].text == "> 👨‍👩‍👧\u{1B}[9Gx")
    }

    @Test func `Colours of the prompt take no column and end with it`() {
        let layout = layout("x", prompt: "\u{1B}[1;32mcm\u{1B}[0m » ")
        #expect(layout.rows.map(\.width) == [6])
        #expect(layout.rows[0].text == "\u{1B}[1;32mcm\u{1B}[0m » \u{1B}[0mx")
    }

    @Test func `Other sequences and control characters of the prompt are dropped`() {
        #expect(layout("", prompt: "a\u{1B}[2J\u{7}\u{1B}[?25lb> ").rows.map(\.text) == ["ab> "])
    }

    @Test(arguments: 2...12) func `A prompt as wide as the terminal is clipped`(columns: Int) {
        let layout = layout("", prompt: "ein langer Prompt » ", columns: columns)
        #expect(layout.rows.count == 1)
        #expect(layout.rows[0].width < columns)
        #expect(layout.rows[0].text.hasSuffix("…"))
    }

    @Test func `No row is wider than the terminal, whatever is in it`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let pieces = ["a", "漢", "😀", "e\u{301}", "\t", "\n", "👨‍👩‍👧", "🇩🇪", "\u{1}", "\u{200B}", "\u{FE0F}", "각", "1️⃣"]
        for _ in 0..<500 {
            let count = Int.random(in: 0...30, using: &random)
            let text = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            let columns = Int.random(in: 2...30, using: &random)
            let cursor = Int.random(in: 0...text.unicodeScalars.count, using: &random)
            let layout = layout(text, cursor: cursor, columns: columns)
            #expect(layout.rows.allSatisfy { $0.width <= columns }, "seed \(seed) \(text.debugDescription)")
            #expect(layout.cursor.column < columns && layout.cursor.row < layout.rows.count, "seed \(seed)")
        }
    }
}
