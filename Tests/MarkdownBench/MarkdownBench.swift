import Markdown

/// Measures Markdown; `Scripts/bench` calls it and makes statistics of what it prints.
///
/// Each line is `row NAME UNIT VALUE...`, with tabs between, as `shellbench` prints them.
@main struct MarkdownBench {
    private static let runs = 20
    private static let size = 1 << 20

    static func main() {
        let text = String(repeating: SampleText.answer, count: size / SampleText.answer.utf8.count)
        let other = String(repeating: SampleText.worldwide, count: size / SampleText.worldwide.utf8.count)
        let splitter = Splitter()
        measure("Markdown, parsing", text) { MarkdownText($0).blocks.count }
        measure("Markdown, parsing, entities, parts", text) {
            splitter.parts(of: EntityText(MarkdownText($0))).count
        }
        measure("Markdown, parsing, entities, parts: not ASCII", other) {
            splitter.parts(of: EntityText(MarkdownText($0))).count
        }
        let blocks = MarkdownText(text).blocks
        measure("Markdown, entities", text) { _ in EntityText(MarkdownText(blocks: blocks)).entities.count }
        let rendered = EntityText(MarkdownText(blocks: blocks))
        measure("Markdown, parts", rendered.text) { _ in splitter.parts(of: rendered).count }
        measure("Markdown, lines for a terminal", text) { _ in
            AnsiRenderer(columns: 100, isColoured: true).lines(of: blocks).count
        }
        measure("Markdown, parsing in deltas of 24 B", text) { text in
            var completed = CompletedBlocks()
            var rest = Substring(text).unicodeScalars
            var count = 0
            while !rest.isEmpty {
                count += completed.add(String(rest.prefix(24))).count
                rest = rest.dropFirst(24)
            }
            return count + completed.finish().count
        }
    }

    private static func measure(_ name: String, _ text: String, _ work: (String) -> Int) {
        let clock = ContinuousClock()
        var result = 0
        let values = (0..<runs).map { _ in
            let time = clock.measure { result &+= work(text) }
            return Double(text.utf8.count) / 1e6 / (time / .seconds(1))
        }
        // Said, so that the work is not left out.
        precondition(result >= 0)
        print((["row", name, "MB/s"] + values.map { "\($0)" }).joined(separator: "\t"))
    }
}
