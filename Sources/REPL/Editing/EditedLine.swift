/// The line being edited: its text, and how many of its scalars stand before the cursor.
struct EditedLine: Equatable {
    var text = ""
    var cursor = 0

    /// Whether nothing is typed.
    var isEmpty: Bool { text.isEmpty }

    var beforeCursor: String { String(text.unicodeScalars.prefix(cursor)) }

    /// From the cursor to the same place in the line of text above, in scalars; nil in the first one.
    var distanceToLineAbove: Int? {
        let before = text.unicodeScalars.prefix(cursor)
        guard let newline = before.lastIndex(of: "\n") else { return nil }
        let column = before[newline...].count - 1
        let above = before[..<newline]
        let length = above.lastIndex(of: "\n").map { above[$0...].count - 1 } ?? above.count
        return -(column + 1 + max(0, length - column))
    }

    /// From the cursor to the same place in the line of text below, in scalars; nil in the last one.
    var distanceToLineBelow: Int? {
        let before = text.unicodeScalars.prefix(cursor)
        let after = text.unicodeScalars.dropFirst(cursor)
        guard let newline = after.firstIndex(of: "\n") else { return nil }
        let column = before.lastIndex(of: "\n").map { before[$0...].count - 1 } ?? before.count
        let below = after[newline...].dropFirst()
        let length = below.prefix { $0 != "\n" }.count
        return after[..<newline].count + 1 + min(column, length)
    }
}
