/// Walks over a TOML text from key to key and refuses what breaks the grammar.
///
/// It knows the grammar but not the meaning: escapes, ranges of numbers and keys that come twice are not its affair.
struct KeyScanner {
    /// A table header or the key of a value, with its parts and its line.
    enum Statement {
        case header([String], line: Int)
        case key([String], line: Int)
    }

    let bytes: [UInt8]
    private(set) var position = 0
    private var line = 1
    private var lineStart = 0

    /// A scanner at the start of `text`.
    init(_ text: String) { bytes = Array(text.utf8) }

    /// The next header or key; nil at the end.
    mutating func next() throws(KeyLines.Refusal) -> Statement? {
        skipBlank()
        guard let byte = current else { return nil }
        let start = line
        if byte == .leftBracket {
            let parts = try header()
            try endOfLine()
            return .header(parts, line: start)
        }
        let parts = try key()
        try expect(.equals)
        skipSpaces()
        try value(depth: 0)
        try endOfLine()
        return .key(parts, line: start)
    }

    private mutating func header() throws(KeyLines.Refusal) -> [String] {
        advance()
        let isArray = current == .leftBracket
        if isArray { advance() }
        let parts = try key()
        try expect(.rightBracket)
        if isArray {
            guard current == .rightBracket else { throw refusal("]] was expected") }
            advance()
        }
        return parts
    }

    /// A dotted key, with white space around it.
    mutating func key() throws(KeyLines.Refusal) -> [String] {
        var parts: [String] = []
        repeat {
            if !parts.isEmpty { advance() }
            guard parts.count < KeyLines.limit else { throw tooDeep }
            skipSpaces()
            if let quote = current, quote == .doubleQuote || quote == .singleQuote {
                parts.append(try string(by: quote))
            } else {
                let start = position
                while let byte = current, TOMLText.isBareKeyByte(byte) { advance() }
                guard position > start else { throw refusal("a key was expected") }
                parts.append(text(from: start))
            }
            skipSpaces()
        } while current == .dot
        return parts
    }

    /// Skips a string of any of the four kinds; what it holds, with its escapes as they are.
    mutating func string(by quote: UInt8) throws(KeyLines.Refusal) -> String {
        let unclosed = refusal("the string is never closed")
        let isLong = isTripled(quote)
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        let start = position
        while let byte = current, isLong || byte != .newline {
            guard byte == quote, !isLong || isTripled(quote) else {
                advance()
                if byte == .backslash, quote == .doubleQuote { advance() }
                continue
            }
            let content = text(from: start)
            // A long string may end in two quotes of its own.
            repeat { advance() } while isLong && current == quote
            return content
        }
        throw unclosed
    }

    private func isTripled(_ quote: UInt8) -> Bool { bytes[position...].starts(with: [quote, quote, quote]) }

    private mutating func endOfLine() throws(KeyLines.Refusal) {
        skipSpaces()
        if current == .hash { skipComment() }
        guard current == nil || current == .newline else {
            throw refusal("nothing but a comment may follow on this line")
        }
    }

    /// Skips `byte`, which must come after white space.
    mutating func expect(_ byte: UInt8) throws(KeyLines.Refusal) {
        skipSpaces()
        guard current == byte else { throw refusal("\(Character(UnicodeScalar(byte))) was expected") }
        advance()
    }

    /// Skips white space, line breaks and comments.
    mutating func skipBlank() {
        skipSpaces()
        while current == .newline || current == .hash {
            if current == .hash { skipComment() } else { advance() }
            skipSpaces()
        }
    }

    /// Skips white space within the line; a carriage return is some, for the library refuses a lone one.
    mutating func skipSpaces() {
        while current == .space || current == .tab || current == .carriageReturn { advance() }
    }

    private mutating func skipComment() {
        while let byte = current, byte != .newline { advance() }
    }

    mutating func advance() {
        guard let byte = current else { return }
        position += 1
        guard byte == .newline else { return }
        line += 1
        lineStart = position
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The text between `start` and here.
    func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    var tooDeep: KeyLines.Refusal { refusal("nested deeper than \(KeyLines.limit) levels") }

    /// A refusal of what stands here; quotes nothing of it, for it may be a secret.
    func refusal(_ reason: String) -> KeyLines.Refusal {
        let column = text(from: lineStart).unicodeScalars.count + 1
        return KeyLines.Refusal(line: line, column: column, reason: reason)
    }
}
