/// Breaks a paragraph into lines of a terminal, between words.
///
/// A word wider than the line stays whole, so that an address can be copied; but East Asian text, which has no blanks, is
/// broken between any two graphemes.
struct LineWrapper {
    private let columns: Int
    private var lines: [[StyledPiece]] = []
    private var line: [StyledPiece] = []
    private var width = 0
    private var word: [StyledPiece] = []
    private var wordWidth = 0
    /// Blanks between the line and the word, and how they look.
    private var blanks = 0
    private var blankLook = TerminalLook()

    private init(columns: Int) { self.columns = columns }

    /// The lines of `pieces`, each with its escape sequences.
    static func lines(of pieces: [StyledPiece], columns: Int) -> [String] {
        var wrapper = LineWrapper(columns: max(columns, 1))
        for piece in pieces { wrapper.add(piece) }
        wrapper.endLine()
        return wrapper.lines.map { merged($0).map { $0.look.applied(to: $0.text) }.joined() }
    }

    private mutating func add(_ piece: StyledPiece) {
        var start = piece.text.startIndex
        let bytes = piece.text.utf8
        var position = start
        while position < bytes.endIndex {
            let byte = bytes[position]
            if byte == .space || byte == .lineFeed {
                addToWord(piece.text[start..<position], piece.look)
                if byte == .space { addBlank(piece.look) } else { endLine() }
                start = bytes.index(after: position)
            }
            position = bytes.index(after: position)
        }
        addToWord(piece.text[start...], piece.look)
    }

    private mutating func addToWord(_ text: Substring, _ look: TerminalLook) {
        guard !text.isEmpty else { return }
        word.append(StyledPiece(text: String(text), look: look))
        wordWidth += DisplayWidth(text).columns
    }

    private mutating func addBlank(_ look: TerminalLook) {
        endWord()
        blanks += 1
        blankLook = look
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        if width > 0, width + blanks + wordWidth > columns, !canBreak { breakLine() }
        put(StyledPiece(text: String(repeating: " ", count: blanks), look: blankLook), blanks)
        blanks = 0
        if width + wordWidth > columns, canBreak {
            for piece in word { putGraphemes(of: piece) }
        } else {
            for piece in word { line.append(piece) }
            width += wordWidth
        }
        (word, wordWidth) = ([], 0)
    }

    /// Whether the word is East Asian, for the most part.
    private var canBreak: Bool { wordWidth > 4 && wordWidth * 2 > 3 * word.reduce(0) { $0 + $1.text.count } }

    private mutating func putGraphemes(of piece: StyledPiece) {
        for character in piece.text {
            let columns = DisplayWidth.columns(of: character)
            if width > 0, width + columns > self.columns { breakLine() }
            put(StyledPiece(text: String(character), look: piece.look), columns)
        }
    }

    private mutating func put(_ piece: StyledPiece, _ columns: Int) {
        guard !piece.text.isEmpty else { return }
        line.append(piece)
        width += columns
    }

    private mutating func breakLine() {
        lines.append(line)
        (line, width, blanks) = ([], 0, 0)
    }

    private mutating func endLine() {
        endWord()
        breakLine()
    }

    /// Neighbours that look the same as one.
    private static func merged(_ pieces: [StyledPiece]) -> [StyledPiece] {
        var result: [StyledPiece] = []
        var text = ""
        for (index, piece) in pieces.enumerated() {
            text += piece.text
            if index + 1 == pieces.count || pieces[index + 1].look != piece.look {
                result.append(StyledPiece(text: text, look: piece.look))
                text = ""
            }
        }
        return result
    }
}
