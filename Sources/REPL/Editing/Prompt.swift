/// What stands before the typed line: one row of text, which may be coloured.
///
/// Colours are SGR sequences (`ESC[…m`). Other control sequences and control characters are dropped.
struct Prompt: Equatable, Sendable {
    private enum Part: Equatable, Sendable {
        case style(String)
        case text(Character)

        var isStyle: Bool {
            switch self {
            case .style: true
            case .text: false
            }
        }
    }

    private let parts: [Part]

    init(_ text: String) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let character = rest.first {
            if let sequence = rest.prefixMatch(of: /\u{1B}\[[0-?]*[ -\/]*[@-~]/) {
                if sequence.output.hasSuffix("m") { parts.append(.style(String(sequence.output))) }
                rest = rest[sequence.range.upperBound...]
                continue
            }
            if CellWidth(of: character) != nil { parts.append(.text(character)) }
            rest.removeFirst()
        }
        self.parts = parts
    }

    /// The prompt in fewer than `columns`, so that there is room to type; what does not fit gives way to "…".
    func row(columns: Int) -> Row {
        var row = Row()
        var isClipped = false
        for part in parts {
            switch part {
            case .style(let sequence):
                row.text += sequence
            case .text(let character) where !isClipped:
                let glyph = Glyph(character, at: row.width)
                isClipped = row.width + glyph.width > columns - 2
                row.append(isClipped ? Glyph("…", at: row.width) : glyph)
            case .text: continue
            }
        }
        if parts.contains(where: \.isStyle) { row.text += "\u{1B}[0m" }
        return row
    }
}
