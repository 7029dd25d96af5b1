/// A table as lines of characters that are all of one width.
struct TableLayout {
    private static let widest = 60
    /// The blanks between two columns.
    static let gap = 2

    /// The lines: the head, a rule, and the rows.
    let lines: [String]

    init(_ table: MarkdownTable) {
        let cells = table.rows.map { row in row.map { PrintableText($0.plainText).text } }
        let widths = cells.map { row in row.map { DisplayWidth($0).columns } }
        var columns = table.alignments.map { _ in 1 }
        for row in widths {
            for (column, width) in row.enumerated() where width <= Self.widest {
                columns[column] = max(columns[column], width)
            }
        }
        // One long cell in each column must not blow up a long table of short ones.
        let text = cells.reduce(0) { $0 + $1.reduce(0) { $0 + $1.utf8.count + Self.gap } }
        if columns.reduce(0, +) * cells.count > 16 * text + (1 << 14) { columns = columns.map { _ in 1 } }

        var lines = zip(cells, widths).map { row, widths in
            Self.line(row, widths, columns: columns, table.alignments)
        }
        let rule = columns.map { String(repeating: "─", count: $0) }
        lines.insert(rule.joined(separator: String(repeating: " ", count: Self.gap)), at: min(1, lines.count))
        self.lines = lines
    }

    /// One row: each of `cells`, which are `widths` wide, in its column.
    static func line(
        _ cells: [String], _ widths: [Int], columns: [Int], _ alignments: [MarkdownTable.Alignment]
    ) -> String {
        var line = ""
        var blanks = 0
        for (column, cell) in cells.enumerated() {
            let spare = max(columns[column] - widths[column], 0)
            let before =
                switch alignments[column] {
                case .left: 0
                case .center: spare / 2
                case .right: spare
                }
            blanks += before
            if !cell.isEmpty {
                line += String(repeating: " ", count: blanks)
                line += cell
                blanks = 0
            }
            blanks += spare - before + gap
        }
        return line
    }
}
