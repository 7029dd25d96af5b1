/// A terminal's screen and scrollback, as far as the editor's output needs one.
///
/// Its widths come from a table of its own and not from the code under test.
struct VirtualScreen {
    private struct Line {
        var cells: [String] = []
        var isWrapped = false

        /// Without the blanks at the end.
        ///
        /// The second half of a wide character is an empty cell.
        var text: String {
            var text = cells.joined()
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    private(set) var columns: Int
    private(set) var rowCount: Int
    private(set) var hasPasteMarkers = false
    private(set) var bells = 0
    private var lines = [Line()]
    private var row = 0
    private var column = 0
    private var isWrapPending = false
    private var input: [UInt8] = []

    init(columns: Int, rows: Int) {
        self.columns = columns
        rowCount = rows
    }

    /// Scrollback and screen, without blank lines at the end.
    var text: [String] {
        var texts = lines.map(\.text)
        while texts.last == "" { texts.removeLast() }
        return texts
    }

    /// Counted from the first line of the scrollback.
    ///
    /// Behind a full row it is in the next one.
    var cursor: [Int] { isWrapPending ? [row + 1, 0] : [row, column] }

    private var top: Int { max(0, lines.count - rowCount) }

    mutating func write(_ bytes: some Sequence<UInt8>) {
        input += bytes
        while let length = unitLength() {
            interpret(String(decoding: input[..<length], as: UTF8.self))
            input.removeFirst(length)
        }
    }

    /// Like a terminal that breaks long lines anew.
    mutating func resize(columns: Int, rows: Int) {
        let cursorCell = (row, column)
        var reflowed: [Line] = []
        var newCursor = (0, 0)
        var isContinuation = false
        for (index, line) in lines.enumerated() {
            if !isContinuation { reflowed.append(Line()) }
            var cells = line.cells
            while !line.isWrapped, cells.last == " " { cells.removeLast() }
            for position in 0..<max(cells.count, index == cursorCell.0 ? cursorCell.1 + 1 : 0) {
                let cell = position < cells.count ? cells[position] : nil
                let isWide = position + 1 < cells.count && cells[position + 1].isEmpty
                if reflowed[reflowed.count - 1].cells.count + (isWide ? 2 : 1) > columns, cell != nil {
                    reflowed[reflowed.count - 1].isWrapped = true
                    reflowed.append(Line())
                }
                if (index, position) == cursorCell {
                    newCursor = (reflowed.count - 1, min(columns - 1, reflowed[reflowed.count - 1].cells.count))
                }
                if let cell { reflowed[reflowed.count - 1].cells.append(cell) }
            }
            isContinuation = line.isWrapped
        }
        lines = reflowed
        (row, column) = newCursor
        isWrapPending = false
        (self.columns, rowCount) = (columns, rows)
    }
}

extension VirtualScreen {
    /// Bytes of the next character or control sequence; nil when it is not complete.
    private func unitLength() -> Int? {
        guard let first = input.first else { return nil }
        if first == 0x1B {
            guard input.count > 1 else { return nil }
            // Neither of those that are no control sequence puts anything on the screen.
            guard input[1] == UInt8(ascii: "[") else { return 2 }
            return input.dropFirst(2).firstIndex { (0x40...0x7E).contains($0) }.map { $0 + 1 }
        }
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        return input.count >= length ? length : nil
    }

    private mutating func interpret(_ unit: String) {
        switch unit {
        case "\r":
            column = 0
            isWrapPending = false
        case "\n": lineFeed()
        case "\u{8}": column = max(0, column - 1)
        case "\u{7}": bells += 1
        case "\u{1B}7", "\u{1B}>": return
        case _ where unit.hasPrefix("\u{1B}["): control(unit.dropFirst(2).dropLast(), final: unit.last ?? "m")
        default: for scalar in unit.unicodeScalars { put(scalar) }
        }
    }

    private mutating func control(_ parameters: Substring, final: Character) {
        let count = max(1, Int(parameters) ?? 1)
        switch final {
        case "m": return
        case "h": hasPasteMarkers = hasPasteMarkers || parameters == "?2004"
        case "l": if parameters == "?2004" { hasPasteMarkers = false }
        case "A": row = max(top, row - count)
        case "B": row = min(lines.count - 1, row + count)
        case "C": column = min(columns - 1, column + count)
        case "D": column = max(0, column - count)
        case "G": column = min(columns - 1, count - 1)
        case "H": (row, column) = (top, 0)
        case "K": truncate()
        case "J" where parameters == "2": for index in top..<lines.count { lines[index] = Line() }
        case "J" where row == top && column == 0: scrollAway()
        case "J":
            truncate()
            for index in lines.indices where index > row { lines[index] = Line() }
        default: fatalError("the editor is not known to write CSI \(parameters)\(final)")
        }
        isWrapPending = false
    }

    /// Clearing from the first column of the screen on keeps what was there in the scrollback, as in tmux.
    private mutating func scrollAway() {
        let used = lines[top...].lastIndex { !$0.text.isEmpty }.map { $0 - top + 1 } ?? 0
        while lines.count < top + rowCount { lines.append(Line()) }
        for _ in 0..<used { lines.append(Line()) }
        row = top
    }

    private mutating func truncate() {
        lines[row].cells = Array(lines[row].cells.prefix(column))
        lines[row].isWrapped = false
    }

    private mutating func lineFeed() {
        isWrapPending = false
        row += 1
        if row == lines.count { lines.append(Line()) }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let width = Self.width(of: scalar)
        if width == 0 {
            // Joins the character before; a wide one has its text in the first of two cells.
            var cell = isWrapPending ? columns - 1 : column - 1
            while cell > 0, lines[row].cells[cell].isEmpty { cell -= 1 }
            if cell >= 0 { lines[row].cells[cell].unicodeScalars.append(scalar) }
            return
        }
        if isWrapPending || column + width > columns {
            lines[row].isWrapped = true
            column = 0
            lineFeed()
        }
        while lines[row].cells.count < column + width { lines[row].cells.append(" ") }
        lines[row].cells[column] = String(scalar)
        if width == 2 { lines[row].cells[column + 1] = "" }
        column += width
        isWrapPending = column >= columns
        if isWrapPending { column = columns - 1 }
    }

    static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x1F680...0x1F6FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
