/// Keeps the edited line on the screen: knows what stands there and says what to write to change it.
///
/// The block of rows it draws is the last thing on the screen, and the terminal's cursor is in it. A line with more
/// rows than the terminal shows a part, which follows the cursor.
struct Painter {
    private var shown: [Row] = []
    private var cursor = Position()
    private var size = TerminalSize()
    /// The first row of the layout that is shown.
    private var top = 0

    /// What makes the screen show `layout`; empty when it does.
    mutating func show(_ layout: LineLayout, on size: TerminalSize) -> String {
        var output = size.columns == self.size.columns ? "" : leave(narrowedTo: size.columns)
        self.size = size
        top = min(top, layout.cursor.row, max(0, layout.rows.count - size.rows))
        top = max(top, layout.cursor.row - size.rows + 1)
        output += change(to: Array(layout.rows[top...].prefix(size.rows)))
        let target = Position(row: layout.cursor.row - top, column: layout.cursor.column)
        if target != cursor { output += move(to: target) }
        return output
    }

    /// What takes the block off the screen and leaves the cursor where it began.
    mutating func erase() -> String {
        guard !shown.isEmpty else { return "" }
        // Not from the very first column: tmux takes that at the top of the screen for the wish to keep in the
        // scrollback what was there.
        let output = move(to: Position()) + "\u{1B}[K\u{1B}[C\u{1B}[J\r"
        forget()
        return output
    }

    /// What leaves the line on the screen as ordinary output, with `suffix` behind it, and the cursor below.
    mutating func finish(_ layout: LineLayout, suffix: String = "") -> String {
        guard shown.count == 1, shown == layout.rows else {
            return erase() + layout.transcript.dropLast() + suffix + "\r\n"
        }
        let output = move(to: Position(row: 0, column: shown[0].width)) + suffix + "\r\n"
        forget()
        return output
    }

    private mutating func forget() {
        shown = []
        cursor = Position()
        top = 0
    }

    private mutating func change(to rows: [Row]) -> String {
        var output = ""
        for (index, row) in rows.enumerated() {
            if index < shown.count {
                guard shown[index] != row else { continue }
                output += replace(index, with: row)
            } else {
                if index > 0 { output += move(to: Position(row: index - 1)) + "\r\n" }
                output += row.text
                shown.append(row)
            }
            cursor = Position(row: index, column: row.width)
        }
        if shown.count > rows.count {
            output += move(to: Position(row: rows.count)) + "\u{1B}[J"
            shown.removeLast(shown.count - rows.count)
        }
        return output
    }

    private mutating func replace(_ index: Int, with row: Row) -> String {
        let old = shown[index]
        shown[index] = row
        if !old.isUncertain, old.width < size.columns, row.text.hasPrefix(old.text) {
            return move(to: Position(row: index, column: old.width)) + row.text.dropFirst(old.text.count)
        }
        return move(to: Position(row: index)) + "\u{1B}[K" + row.text
    }

    /// Columns count from the left edge, because a terminal holds the cursor back after the last column of a row.
    private mutating func move(to target: Position) -> String {
        guard target != cursor || cursor.column >= size.columns else { return "" }
        var output = ""
        if target.row < cursor.row { output += "\u{1B}[\(cursor.row - target.row)A" }
        if target.row > cursor.row { output += "\u{1B}[\(target.row - cursor.row)B" }
        output += "\r"
        if target.column > 0 { output += "\u{1B}[\(target.column)C" }
        cursor = target
        return output
    }

    /// Takes the block away after the width changed.
    ///
    /// A terminal that became narrower has broken its rows in several.
    private mutating func leave(narrowedTo columns: Int) -> String {
        func rowsNeeded(_ width: Int) -> Int { max(1, (width + columns - 1) / columns) }
        let above = shown.prefix(cursor.row).reduce(0) { $0 + rowsNeeded($1.width) }
        cursor = Position(row: above + cursor.column / columns, column: cursor.column % columns)
        return erase()
    }
}
