/// Reads a JSON text to the letter of RFC 8259; a key that comes twice in one object is refused too.
///
/// Foundation's readers do not tell on which line a value stands, which every message about one has to.
struct JSONReader {
    /// Why a text is no JSON, and where; lines and columns count from 1.
    ///
    /// Quotes nothing, for it may be a secret.
    struct Refusal: Error, Hashable {
        let line: Int
        let column: Int
        let reason: String
    }

    /// The most brackets around a value, against a stack overflow.
    static let limit = 64

    let bytes: [UInt8]
    var position = 0
    private var line = 1
    private var lineStart = 0

    /// The only value of `text`.
    static func read(_ text: String) throws(Refusal) -> JSONValue {
        var reader = JSONReader(bytes: Array(text.utf8))
        reader.skipBlank()
        let value = try reader.value(depth: 0)
        reader.skipBlank()
        guard reader.current == nil else { throw reader.refusal("nothing may follow the value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value(depth: Int) throws(Refusal) -> JSONValue {
        guard depth < Self.limit else { throw refusal("nested deeper than \(Self.limit) levels") }
        let start = line
        let content: JSONValue.Content =
            switch current {
            case .leftBrace?: .object(try object(depth: depth))
            case .leftBracket?: .array(try array(depth: depth))
            case .doubleQuote?: .text(try string())
            case let byte? where byte == .dash || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
                try number()
            default: try name()
            }
        return JSONValue(content: content, line: start)
    }

    private mutating func object(depth: Int) throws(Refusal) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        var keys: Set<String> = []
        advance()
        skipBlank()
        if skip(.rightBrace) { return members }
        while true {
            let start = line
            guard current == .doubleQuote else { throw refusal("a key in double quotes was expected") }
            let twice = refusal("this key comes twice")
            let key = try string()
            guard keys.insert(key).inserted else { throw twice }
            skipBlank()
            guard skip(.colon) else { throw refusal(": was expected") }
            skipBlank()
            members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1), line: start))
            skipBlank()
            if skip(.rightBrace) { return members }
            guard skip(.comma) else { throw refusal(", or } was expected") }
            skipBlank()
        }
    }

    private mutating func array(depth: Int) throws(Refusal) -> [JSONValue] {
        var values: [JSONValue] = []
        advance()
        skipBlank()
        if skip(.rightBracket) { return values }
        while true {
            values.append(try value(depth: depth + 1))
            skipBlank()
            if skip(.rightBracket) { return values }
            guard skip(.comma) else { throw refusal(", or ] was expected") }
            skipBlank()
        }
    }

    /// Reads `true`, `false` or `null`.
    private mutating func name() throws(Refusal) -> JSONValue.Content {
        let names: [(String, JSONValue.Content)] = [
            ("true", .boolean(true)), ("false", .boolean(false)), ("null", .null),
        ]
        for (name, content) in names where bytes[position...].starts(with: name.utf8) {
            for _ in name.utf8 { advance() }
            return content
        }
        throw refusal("a value was expected; a text needs double quotes")
    }

    /// Skips white space and line breaks.
    private mutating func skipBlank() {
        while let byte = current, [.space, .tab, .newline, .carriageReturn].contains(byte) {
            advance()
            guard byte == .newline else { continue }
            line += 1
            lineStart = position
        }
    }

    /// Skips `byte`; false when something else stands here.
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        advance()
        return true
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func advance() { position += 1 }

    /// The text between `start` and here.
    func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    /// A refusal of what stands here.
    func refusal(_ reason: String) -> Refusal {
        let column = text(from: lineStart).unicodeScalars.count + 1
        return Refusal(line: line, column: column, reason: reason)
    }
}
