/// Where things are in a block of rows.
struct Position: Equatable {
    var row = 0
    var column = 0
}

/// Prompt and line, broken into rows of a terminal.
///
/// The rows are broken here and not by the terminal: so it is known where everything stands, and a terminal that
/// becomes wider has nothing to join.
struct LineLayout: Equatable {
    let columns: Int
    private(set) var rows: [Row]
    private(set) var cursor = Position()

    init(prompt: Prompt, line: EditedLine, columns: Int) {
        self.columns = columns
        rows = [prompt.row(columns: columns)]
        var before = 0
        var isCursorPlaced = false
        for cluster in line.text {
            let count = cluster.unicodeScalars.count
            // The cursor may stand inside of a cluster, where what is typed goes between its scalars.
            let holdsCursor = !isCursorPlaced && line.cursor < before + count
            before += count
            if cluster == "\n" || cluster == "\r\n" {
                if holdsCursor { placeCursor() }
                rows.append(Row())
            } else {
                let start = append(cluster)
                if holdsCursor { cursor = Position(row: rows.count - 1, column: start) }
            }
            isCursorPlaced = isCursorPlaced || holdsCursor
        }
        guard !isCursorPlaced else { return }
        if lastWidth >= columns { wrap() }
        placeCursor()
    }

    /// Everything as ordinary output, so that the terminal wraps it and its user can copy it in one piece.
    var transcript: String {
        rows.map { $0.isWrapped ? $0.text : $0.text + "\r\n" }.joined()
    }

    private var lastWidth: Int { rows[rows.count - 1].width }

    /// The column where the cluster begins.
    private mutating func append(_ cluster: Character) -> Int {
        var glyph = Glyph(cluster, at: lastWidth)
        if lastWidth + glyph.width > columns {
            if cluster == "\t", lastWidth < columns {
                // A tab at the edge ends with the row.
                glyph.text = String(repeating: " ", count: columns - lastWidth)
                glyph.width = columns - lastWidth
            } else {
                wrap()
                glyph = Glyph(cluster, at: 0)
            }
        }
        if glyph.width > columns { glyph = Glyph("\u{FFFD}", at: 0) }
        let start = lastWidth
        rows[rows.count - 1].append(glyph)
        return start
    }

    private mutating func wrap() {
        rows[rows.count - 1].isWrapped = true
        rows.append(Row())
    }

    private mutating func placeCursor() {
        cursor = Position(row: rows.count - 1, column: min(lastWidth, columns - 1))
    }
}
