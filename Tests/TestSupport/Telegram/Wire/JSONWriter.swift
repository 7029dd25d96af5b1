import JSONRPC

/// Writes JSON, members in the order of their names, so that equal values are equal bytes.
struct JSONWriter {
    private var bytes: [UInt8] = []

    /// `value` as text in UTF-8.
    static func bytes(of value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(value)
        return writer.bytes
    }

    private mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += "\(value)".utf8
        case .double(let value): bytes += "\(value)".utf8
        case .string(let text): write(text)
        case .array(let elements):
            writeList("[", elements, "]") { $0.write($1) }
        case .object(let members):
            writeList("{", members.sorted { $0.key < $1.key }, "}") { writer, member in
                writer.write(member.key)
                writer.bytes.append(UInt8(ascii: ":"))
                writer.write(member.value)
            }
        }
    }

    private mutating func writeList<Element>(
        _ opening: Unicode.Scalar, _ elements: [Element], _ closing: Unicode.Scalar,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        bytes.append(UInt8(ascii: opening))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
        bytes.append(UInt8(ascii: closing))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { units in
            // Run by run: most texts have nothing to escape.
            var start = 0
            for index in 0..<units.count {
                let unit = units[index]
                guard unit < 0x20 || unit == UInt8(ascii: "\"") || unit == UInt8(ascii: "\\") else { continue }
                bytes += units[start..<index]
                bytes += Self.escape(unit).utf8
                start = index + 1
            }
            bytes += units[start...]
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ unit: UInt8) -> String {
        switch unit {
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case UInt8(ascii: "\n"): return "\\n"
        default:
            let digits = String(unit, radix: 16)
            return "\\u00\(digits.count == 1 ? "0" : "")\(digits)"
        }
    }
}
