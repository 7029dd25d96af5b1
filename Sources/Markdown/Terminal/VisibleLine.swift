/// A line for a terminal as people see it: without its escape sequences.
enum VisibleLine {
    /// The characters that are no blanks.
    static func characters(of line: String) -> [Character] {
        var shown: [Character] = []
        scan(line) { piece, isEscape in
            if !isEscape { shown += piece.filter { !$0.isWhitespace } }
        }
        return shown
    }

    /// Whether it may be a mark of Markdown, which is not shown once it is understood.
    static func isMark(_ character: Character) -> Bool { "*_~`[]()<>|#=-+\\!:.•│─".contains(character) }

    /// The line without its first `count` characters that are no blanks; nil when nothing is left.
    static func dropping(_ count: Int, from line: String) -> String? {
        guard count > 0 else { return line }
        var result = "", left = count, hasText = false
        scan(line) { piece, isEscape in
            guard !isEscape else {
                result += piece
                return
            }
            for character in piece {
                if left > 0 {
                    if !character.isWhitespace { left -= 1 }
                } else if hasText || !character.isWhitespace {
                    result.append(character)
                    hasText = true
                }
            }
        }
        return hasText ? result : nil
    }

    /// Goes through a line piece by piece; in printable text an escape begins a sequence of our own.
    private static func scan(_ line: String, _ take: (Substring, _ isEscape: Bool) -> Void) {
        var rest = line[...]
        while let escape = rest.firstIndex(of: "\u{1B}") {
            if escape > rest.startIndex { take(rest[..<escape], false) }
            let end = self.end(of: rest[escape...])
            take(rest[escape..<end], true)
            rest = rest[end...]
        }
        if !rest.isEmpty { take(rest, false) }
    }

    private static func end(of sequence: Substring) -> String.Index {
        let isLink = sequence.dropFirst().first == "]"
        let last = isLink ? sequence.firstIndex(of: "\\") : sequence.firstIndex(of: "m")
        return last.map { sequence.index(after: $0) } ?? sequence.endIndex
    }
}
