/// Whether cmark-gfm may look in front of its buffer for the protocol of a mail address, as releases before
/// 0.29.0.gfm.7 do: with a colon right before the address, close to the beginning of a text.
///
/// Such text is parsed without automatic links, which costs no more than a colour on a terminal.
struct AddressHazard {
    /// Looks too often rather than too seldom: it does not know where texts begin.
    let exists: Bool

    init(in source: UnsafeBufferPointer<UInt8>) {
        exists = source.indices.contains { position in
            switch source[position] {
            case UInt8(ascii: "@"): Self.hasColon(before: position, in: source)
            // A character reference can stand for the colon or the sign itself.
            case UInt8(ascii: "&"): Self.isReference(at: position, in: source)
            default: false
            }
        }
    }

    private static func hasColon(before address: Int, in source: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = address - 1
        while position >= 0 {
            let byte = source[position]
            if byte == UInt8(ascii: ":") { return true }
            // The backslash of an escape is gone by then.
            guard byte.isLetter || byte.isDigit || ".+-_\\".utf8.contains(byte) else { return false }
            position -= 1
        }
        return false
    }

    private static func isReference(at position: Int, in source: UnsafeBufferPointer<UInt8>) -> Bool {
        guard position + 1 < source.count else { return false }
        let next = source[position + 1]
        return next == UInt8(ascii: "#") || next == UInt8(ascii: "c")
    }
}
