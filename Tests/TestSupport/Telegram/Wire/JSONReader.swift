import JSONRPC

/// Reads JSON as Telegram's server does: strictly, and fast also in a debug build.
struct JSONReader {
    /// What is wrong with the text.
    struct Fault: Error, Hashable, CustomStringConvertible {
        var description: String
    }

    /// Deeper nesting is refused: the reader calls itself, on a thread with a small stack.
    private static let depthLimit = 100

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var depth = 0

    /// The value that is written in `text`, and nothing beside it.
    static func read(_ text: some Collection<UInt8>) throws(Fault) -> JSONValue {
        let bytes = Array(text)
        let result = bytes.withUnsafeBufferPointer { bytes -> Result<JSONValue, Fault> in
            var reader = JSONReader(bytes: bytes)
            do throws(Fault) { return .success(try reader.whole()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private mutating func whole() throws(Fault) -> JSONValue {
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw Fault(description: "text after the value at \(index)") }
        return value
    }

    private mutating func value() throws(Fault) -> JSONValue {
        skipSpace()
        guard index < bytes.count else { throw Fault(description: "the text ends too early") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try nested { (reader) throws(Fault) in try reader.object() }
        case UInt8(ascii: "["): return try nested { (reader) throws(Fault) in try reader.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ body: (inout JSONReader) throws(Fault) -> JSONValue
    ) throws(Fault) -> JSONValue {
        guard depth < Self.depthLimit else { throw Fault(description: "nested too deep") }
        depth += 1
        index += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(Fault) -> JSONValue {
        var members: [String: JSONValue] = [:]
        skipSpace()
        if skip("}") { return .object(members) }
        while true {
            skipSpace()
            let key = try string()
            skipSpace()
            try expect(":")
            members[key] = try value()
            skipSpace()
            if skip("}") { return .object(members) }
            try expect(",")
        }
    }

    private mutating func array() throws(Fault) -> JSONValue {
        var elements: [JSONValue] = []
        skipSpace()
        if skip("]") { return .array(elements) }
        while true {
            elements.append(try value())
            skipSpace()
            if skip("]") { return .array(elements) }
            try expect(",")
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Fault) -> JSONValue {
        for letter in word.unicodeScalars { try expect(letter) }
        return value
    }

    private mutating func number() throws(Fault) -> JSONValue {
        let start = index
        while index < bytes.count, "0123456789+-.eE".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if let value = Int(text) { return .integer(value) }
        guard let value = Double(text) else { throw Fault(description: "no value at \(start)") }
        return .double(value)
    }

    private mutating func string() throws(Fault) -> String {
        try expect("\"")
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") {
            guard bytes[index] >= 0x20 else { throw Fault(description: "a control character at \(index)") }
            index += 1
        }
        if skip("\"") { return try text(bytes[start..<index - 1]) }
        var unescaped = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped[...])
            case UInt8(ascii: "\\"): unescaped += String(try escape()).utf8
            case ..<0x20: throw Fault(description: "a control character at \(index - 1)")
            default: unescaped.append(byte)
            }
        }
        throw Fault(description: "a text without end")
    }

    private func text(_ bytes: some Collection<UInt8>) throws(Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Fault(description: "strings must be encoded in UTF-8")
        }
        return text
    }

    private mutating func escape() throws(Fault) -> Unicode.Scalar {
        guard index < bytes.count else { throw Fault(description: "a text without end") }
        let letter = bytes[index]
        index += 1
        switch letter {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // A pair, or half of one, which is no character.
            guard unit < 0xDC00, skip("\\"), skip("u") else { throw Fault(description: "half a surrogate pair") }
            let low = try hexadecimal()
            guard 0xDC00...0xDFFF ~= low,
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            else { throw Fault(description: "half a surrogate pair") }
            return scalar
        default: throw Fault(description: "an unknown escape at \(index - 1)")
        }
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        guard index + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw Fault(description: "a wrong escape at \(index)") }
        index += 4
        return unit
    }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 32 || (9...13).contains(bytes[index]) { index += 1 }
    }

    private mutating func skip(_ letter: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: letter) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ letter: Unicode.Scalar) throws(Fault) {
        guard skip(letter) else { throw Fault(description: "expected \(letter) at \(index)") }
    }
}
