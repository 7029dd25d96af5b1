extension JSONReader {
    /// Reads a number: an integer where it is written as one and fits.
    mutating func number() throws(Refusal) -> JSONValue.Content {
        let start = position
        let malformed = refusal("the number is malformed")
        while let byte = current, isPartOfNumber(byte) { advance() }
        let text = text(from: start)
        guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
            throw malformed
        }
        if let number = Int(text) { return .integer(number) }
        guard let number = Double(text), number.isFinite else { throw malformed }
        return .decimal(number)
    }

    private func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "e"), UInt8(ascii: "E"), .dot, .plus,
            .dash:
            true
        default: false
        }
    }

    /// Reads a string.
    mutating func string() throws(Refusal) -> String {
        let unclosed = refusal("the string is never closed")
        var result = ""
        advance()
        var start = position
        while let byte = current {
            switch byte {
            case .doubleQuote:
                result += text(from: start)
                advance()
                return result
            case .backslash:
                result += text(from: start)
                result.unicodeScalars.append(try escape())
                start = position
            case 0..<0x20:
                throw byte == .newline || byte == .carriageReturn
                    ? unclosed : refusal("a control character needs an escape")
            default: advance()
            }
        }
        throw unclosed
    }

    private mutating func escape() throws(Refusal) -> Unicode.Scalar {
        let unknown = refusal("the escape is unknown")
        advance()
        guard let byte = current else { throw unknown }
        advance()
        switch byte {
        case .doubleQuote, .backslash, UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard let unit = hexadecimal() else { throw unknown }
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // What is beyond 16 bits is written as two escapes.
            guard unit < 0xDC00, bytes[position...].starts(with: "\\u".utf8) else { throw unknown }
            position += 2
            guard let low = hexadecimal(), (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            else { throw unknown }
            return scalar
        default: throw unknown
        }
    }

    /// Reads four hexadecimal digits; nil when there are none.
    private mutating func hexadecimal() -> UInt32? {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            return nil
        }
        position += 4
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
