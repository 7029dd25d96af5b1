/// Strings and keys as TOML spells them.
enum TOMLText {
    /// `text` as a basic string.
    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\0"..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// `parts` as a dotted key; a part that cannot stand bare is quoted, so that no two keys look the same.
    static func key(_ parts: [String]) -> String {
        parts.map { part in
            let isBare = !part.isEmpty && part.utf8.allSatisfy(isBareKeyByte)
            return isBare ? part : quote(part)
        }.joined(separator: ".")
    }

    /// Whether `byte` may stand in a key without quotes.
    static func isBareKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
