/// Turns streamed text into lines of a terminal: what is complete is handed out, the rest waits.
///
/// Lines wider than the terminal are broken between words, as they come, so that people see a paragraph grow; inside a
/// ``` fence they stay as they are.
struct TextFlow {
    private var pending = ""
    private var isFenced = false
    /// Whether nothing was added yet: what sets a message apart from an earlier one is then in vain.
    private var isNew = true

    /// Adds `text`; returns the lines that are complete, for a terminal of `columns`.
    mutating func add(_ text: String, columns: Int) -> [String] {
        let text = isNew ? text.drop { $0 == "\n" } : text[...]
        guard !text.isEmpty else { return [] }
        isNew = false
        var pieces = (pending + text).split(separator: "\n", omittingEmptySubsequences: false)
        let last = pieces.popLast() ?? ""
        var lines: [String] = []
        for piece in pieces {
            let fence = Fence(piece)
            let isFence = isFenced ? fence != .none : fence == .opening
            if isFenced || isFence {
                lines.append(String(piece))
            } else {
                var rest = piece
                while let line = Self.cut(&rest, columns) { lines.append(line) }
                lines.append(String(rest))
            }
            if isFence { isFenced.toggle() }
        }
        var rest = last
        // What could still become a fence is left alone.
        if !isFenced, !rest.drop(while: \.isWhitespace).hasPrefix("`") {
            while let line = Self.cut(&rest, columns) { lines.append(line) }
        }
        pending = String(rest)
        return lines
    }

    /// The lines of a whole text.
    static func lines(of text: String, columns: Int) -> [String] {
        var flow = TextFlow()
        return flow.add(text + "\n", columns: columns)
    }

    /// What is left, at the end of the text; nil for nothing.
    mutating func finish() -> String? {
        defer { self = TextFlow() }
        return pending.isEmpty ? nil : pending
    }

    /// Takes as many words from `text` as fit; nil when all of it fits or it has no place to break.
    private static func cut(_ text: inout Substring, _ columns: Int) -> String? {
        guard let edge = text.index(text.startIndex, offsetBy: columns, limitedBy: text.endIndex),
            edge < text.endIndex
        else { return nil }
        let indent = text.prefix { $0 == " " }.endIndex
        // A word wider than the terminal stays whole: the next place to break is behind it.
        let fitting = text[indent...].prefix(through: max(edge, indent)).lastIndex(of: " ")
        guard let space = fitting ?? text[edge...].firstIndex(of: " "), space > indent else { return nil }
        defer { text = text[text.index(after: space)...] }
        return String(text[..<space])
    }
}
