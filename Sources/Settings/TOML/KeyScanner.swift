/// Walks over a TOML text from key to key.
struct KeyScanner {
    /// A table header or the key of a value, with its parts and its line.
    enum Statement {
        case header([String], line: Int)
        case key([String], line: Int)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    /// A scanner at the start of `text`.
    init(_ text: String) { bytes = Array(text.utf8) }

    /// The next header or key; nil at the end.
    mutating func next() throws(KeyLines.TooDeep) -> Statement? {
        while let byte = current, byte == .newline || byte == .hash || isSpace(byte) {
            if byte == .hash { skipComment() } else { advance() }
        }
        guard let byte = current else { return nil }
        let start = line
        guard byte == .leftBracket else {
            let parts = try key()
            try skipValue()
            return .key(parts, line: start)
        }
        while current == .leftBracket { advance() }
        let parts = try key()
        skipComment()
        return .header(parts, line: start)
    }

    /// A dotted key; stops at the first byte that cannot belong to it.
    private mutating func key() throws(KeyLines.TooDeep) -> [String] {
        var parts: [String] = []
        while let byte = current {
            if byte == .doubleQuote || byte == .singleQuote {
                parts.append(string(by: byte))
            } else if TOMLText.isBareKeyByte(byte) {
                parts.append(bareKey())
            } else if byte == .dot || isSpace(byte) {
                advance()
            } else {
                break
            }
            if parts.count > KeyLines.limit { throw KeyLines.TooDeep(line: line) }
        }
        return parts
    }

    /// Skips what follows a key, over several lines where brackets or strings are open.
    private mutating func skipValue() throws(KeyLines.TooDeep) {
        var depth = 0
        var dots = 0
        while let byte = current {
            switch byte {
            case .newline where depth == 0:
                return
            case .hash:
                skipComment()
                continue
            case .doubleQuote, .singleQuote:
                _ = string(by: byte)
                continue
            case .dot:
                dots += 1
            case .leftBracket, .leftBrace:
                depth += 1
                dots = 0
            case .rightBracket, .rightBrace:
                depth = max(0, depth - 1)
                dots = 0
            case .comma, .equals, .newline:
                dots = 0
            default:
                break
            }
            if depth > KeyLines.limit || dots >= KeyLines.limit { throw KeyLines.TooDeep(line: line) }
            advance()
        }
    }

    /// Skips a string of any of the four kinds; what it holds, with its escapes as they are.
    private mutating func string(by quote: UInt8) -> String {
        let isLong = position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        let start = position
        while let byte = current {
            if byte == .newline, !isLong { break }
            if byte == quote, !isLong || closesLongString(by: quote) {
                let content = String(decoding: bytes[start..<position], as: UTF8.self)
                // A long string may end in two quotes of its own.
                if isLong { while current == quote { advance() } } else { advance() }
                return content
            }
            advance()
            if byte == .backslash, quote == .doubleQuote { advance() }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func closesLongString(by quote: UInt8) -> Bool {
        position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
    }

    private mutating func bareKey() -> String {
        let start = position
        while let byte = current, TOMLText.isBareKeyByte(byte) { advance() }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipComment() {
        while let byte = current, byte != .newline { advance() }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == .space || byte == .tab || byte == .carriageReturn }

    private mutating func advance() {
        guard let byte = current else { return }
        if byte == .newline { line += 1 }
        position += 1
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }
}
