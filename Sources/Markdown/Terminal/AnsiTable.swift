/// A table as lines for a terminal: in columns where they fit, else with the marks that it was written with.
struct AnsiTable {
    private struct Cell {
        let text: String
        let width: Int
    }

    let lines: [String]

    init(_ table: MarkdownTable, _ renderer: AnsiRenderer) {
        let rows = table.rows.enumerated().map { index, row in
            row.map { Self.cell($0, renderer, isHead: index == 0) }
        }
        let widths = table.alignments.indices.map { column in
            rows.reduce(1) { $1.indices.contains(column) ? max($0, $1[column].width) : $0 }
        }
        let total = widths.reduce(0, +) + TableLayout.gap * max(widths.count - 1, 0)
        if total <= renderer.columns {
            lines = Self.aligned(rows, widths, table.alignments)
        } else {
            lines = Self.written(rows, table.alignments)
        }
    }

    private static func cell(_ inlines: [Inline], _ renderer: AnsiRenderer, isHead: Bool) -> Cell {
        let pieces = StyledInlines(inlines, renderer, attributes: isHead ? .bold : []).pieces
        // A cell is one line, whatever is in it.
        let text = pieces.map { $0.look.applied(to: $0.text.replacing("\n", with: " ")) }.joined()
        return Cell(text: text, width: pieces.reduce(0) { $0 + DisplayWidth($1.text).columns })
    }

    private static func aligned(
        _ rows: [[Cell]], _ widths: [Int], _ alignments: [MarkdownTable.Alignment]
    ) -> [String] {
        var lines = rows.map { TableLayout.line($0.map(\.text), $0.map(\.width), columns: widths, alignments) }
        let rule = widths.map { String(repeating: "─", count: $0) }
            .joined(separator: String(repeating: " ", count: TableLayout.gap))
        lines.insert(rule, at: min(1, lines.count))
        return lines
    }

    private static func written(_ rows: [[Cell]], _ alignments: [MarkdownTable.Alignment]) -> [String] {
        var lines = rows.map { row in "| " + row.map(\.text).joined(separator: " | ") + " |" }
        let marks = alignments.map { alignment in
            switch alignment {
            case .left: "---"
            case .center: ":-:"
            case .right: "--:"
            }
        }
        lines.insert("| " + marks.joined(separator: " | ") + " |", at: min(1, lines.count))
        return lines
    }
}
