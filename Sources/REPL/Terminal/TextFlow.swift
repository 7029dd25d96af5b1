/// Turns streamed text into lines of a terminal: what is complete is handed out, the rest waits.
///
/// Lines wider than the terminal are broken between words, as they come, so that people see a paragraph grow; inside a
/// ``` fence they stay as they are.
struct TextFlow {
    private var pending = ""
    private var isFenced = false
    /// Whether nothing was added yet: what sets a message apart from an earlier one is then in vain.
    private var isNew = true
    /// Whether the rest of a line that is broken stands below its second column, or as far in as its beginning.
    private let hangs: Bool

    init(hangs: Bool = false) { self.hangs = hangs }

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
                let indent = hangs ? Self.indent(below: piece, columns) : ""
                var rest = piece
                while let line = Self.cut(&rest, columns) {
                    lines.append(line)
                    rest = Substring(indent) + rest
                }
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

    /// The lines of a whole text; when it `hangs`, its columns stay what they are.
    static func lines(of text: String, columns: Int, hangs: Bool = false) -> [String] {
        var flow = TextFlow(hangs: hangs)
        return flow.add(text + "\n", columns: columns)
    }

    /// What is left, at the end of the text; nil for nothing.
    mutating func finish() -> String? {
        defer { self = TextFlow(hangs: hangs) }
        return pending.isEmpty ? nil : pending
    }

    /// The blanks up to the second column of a line that begins with blanks, else those at its beginning; none where little
    /// room would be left.
    private static func indent(below line: Substring, _ columns: Int) -> String {
        guard let match = line.prefixMatch(of: /( {2,})(?:\S+(?: \S+)* {2,}(?=\S))?/) else { return "" }
        let width = line.distance(from: line.startIndex, to: match.range.upperBound)
        return width <= columns / 2 ? String(repeating: " ", count: width) : ""
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
