/// Walks over the bytes of a `.env` file, one variable at a time.
///
/// Bytes, because everything that counts is ASCII and because a `Character` may swallow the line break after a `\r`.
struct DotEnvParser {
    /// A line that is not understood.
    struct Failure: Error {
        let problem: DotEnv.Problem
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    /// A parser at the start of `text`; a byte order mark is skipped.
    init(_ text: String) {
        let all = Array(text.utf8)
        bytes = all.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(all.dropFirst(3)) : all
    }

    /// The next variable, or what is wrong with the next line; nil at the end.
    mutating func next() -> Result<DotEnv.Entry, Failure>? {
        skipBlankLines()
        guard current != nil else { return nil }
        let start = line
        do {
            let name = try name()
            let value = try value(startingOn: start)
            skipLine()
            return .success(DotEnv.Entry(name: name, value: value, line: start))
        } catch {
            skipLine()
            return .failure(error)
        }
    }

    private mutating func name() throws(Failure) -> String {
        var name = word()
        if name == "export", current == .space || current == .tab {
            skipSpaces()
            name = word()
        }
        guard let first = name.utf8.first else { throw failure("the name of a variable was expected") }
        guard !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            throw failure("a name cannot start with a digit")
        }
        skipSpaces()
        guard current == .equals else { throw failure("= was expected after the name") }
        advance()
        return name
    }

    private mutating func value(startingOn start: Int) throws(Failure) -> String {
        let afterEquals = position
        skipSpaces()
        guard let quote = current, quote == .doubleQuote || quote == .singleQuote else {
            return unquoted(from: afterEquals)
        }
        advance()
        let value = try quoted(by: quote, startingOn: start)
        let afterQuote = position
        skipSpaces()
        let isComment = current == .hash && position > afterQuote
        guard isComment || current == nil || current == .newline else {
            throw failure("nothing but a comment may follow the closing quote")
        }
        return value
    }

    /// The rest of the line up to white space and `#`, without the white space around it.
    private mutating func unquoted(from start: Int) -> String {
        var end = start
        var afterSpace = false
        position = start
        while let byte = current, byte != .newline {
            if byte == .hash, afterSpace { break }
            afterSpace = byte == .space || byte == .tab || byte == .carriageReturn
            advance()
            if !afterSpace { end = position }
        }
        let value = bytes[start..<end].drop { $0 == .space || $0 == .tab || $0 == .carriageReturn }
        return String(decoding: value, as: UTF8.self)
    }

    /// The text up to the closing quote, which may be on a later line.
    ///
    /// A quote that never closes costs its own line only: the next one is read as if nothing had been.
    private mutating func quoted(by quote: UInt8, startingOn start: Int) throws(Failure) -> String {
        let opening = position
        var value: [UInt8] = []
        while let byte = current {
            advance()
            switch byte {
            case quote:
                return String(decoding: value, as: UTF8.self)
            case .carriageReturn where current == .newline:
                break
            case .backslash where quote == .doubleQuote:
                value += escape()
            default:
                value.append(byte)
            }
        }
        position = opening
        line = start
        throw failure("the quote is never closed")
    }

    /// What the escape after a backslash stands for.
    private mutating func escape() -> [UInt8] {
        guard let byte = current else { return [.backslash] }
        switch byte {
        case UInt8(ascii: "n"): advance(); return [.newline]
        case UInt8(ascii: "t"): advance(); return [.tab]
        case .doubleQuote, .backslash, .dollar: advance(); return [byte]
        default: return [.backslash]
        }
    }

    private mutating func word() -> String {
        let start = position
        while let byte = current, TOMLText.isBareKeyByte(byte) || byte == UInt8(ascii: ".") { advance() }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipBlankLines() {
        skipSpaces()
        while current == .newline || current == .hash {
            skipLine()
            skipSpaces()
        }
    }

    private mutating func skipLine() {
        while let byte = current, byte != .newline { advance() }
        advance()
    }

    private mutating func skipSpaces() {
        while current == .space || current == .tab || current == .carriageReturn { advance() }
    }

    private mutating func advance() {
        guard let byte = current else { return }
        if byte == .newline { line += 1 }
        position += 1
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func failure(_ reason: String) -> Failure { Failure(problem: DotEnv.Problem(line: line, reason: reason)) }
}
