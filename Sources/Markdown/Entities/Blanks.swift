/// White space in UTF-8, and what is as invisible.
enum Blanks {
    /// The end of `range` without the white space there.
    static func endBefore(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound {
            if isASCII(bytes[end - 1]) {
                if isHeld(bytes, before: end) { break }
                end -= 1
                continue
            }
            var start = end - 1
            while start > range.lowerBound, bytes[start] & 0xC0 == 0x80 { start -= 1 }
            guard let count = count(bytes, at: start), start + count == end, !isHeld(bytes, before: end) else { break }
            end = start
        }
        return end
    }

    /// The beginning of `range` without the white space there.
    static func startBehind(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var start = range.lowerBound
        while start < range.upperBound {
            if isASCII(bytes[start]) {
                if isHeld(bytes, before: start + 1) { break }
                start += 1
            } else if let count = count(bytes, at: start), !isHeld(bytes, before: start + count) {
                start += count
            } else {
                break
            }
        }
        return min(start, range.upperBound)
    }

    /// Whether what stands at `position` belongs to the white space before it, such as an accent: then that is visible.
    private static func isHeld(_ bytes: [UInt8], before position: Int) -> Bool {
        // Behind a control such as a line feed there is always a bound.
        guard position < bytes.count, bytes[position] >= 0xC0, !isControl(bytes, at: position - 1) else { return false }
        let end = min(position + 4, bytes.count)
        let scalar = String(decoding: bytes[position..<end], as: UTF8.self).unicodeScalars.first
        guard let properties = scalar?.properties else { return false }
        return properties.isGraphemeExtend || scalar == "\u{200D}" || properties.generalCategory == .spacingMark
    }

    private static func isControl(_ bytes: [UInt8], at last: Int) -> Bool {
        guard bytes[last] >= 0x80, last >= 2 else { return bytes[last] < 0x20 }
        return switch (bytes[last - 2], bytes[last - 1], bytes[last]) {
        case (0xE2, 0x80, 0x8B), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): true
        default: false
        }
    }

    /// Whether a character that is no white space begins at `position`.
    static func isVisible(_ bytes: [UInt8], at position: Int) -> Bool {
        let byte = bytes[position]
        if byte < 0x80 { return !isASCII(byte) }
        return byte & 0xC0 != 0x80 && count(bytes, at: position) == nil
    }

    private static func isASCII(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

    /// How many bytes the blank character at `position` has; nil when it is none, or ASCII.
    private static func count(_ bytes: [UInt8], at position: Int) -> Int? {
        let first = bytes[position]
        if first == 0xC2, position + 1 < bytes.count {
            return bytes[position + 1] == 0xA0 || bytes[position + 1] == 0x85 ? 2 : nil
        }
        guard first == 0xE1 || first == 0xE2 || first == 0xE3 || first == 0xEF, position + 2 < bytes.count else {
            return nil
        }
        let rest = (bytes[position + 1], bytes[position + 2])
        return switch (first, rest.0, rest.1) {
        case (0xE1, 0x9A, 0x80): 3  // U+1680
        case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF): 3  // U+2000 to U+200B and others
        case (0xE2, 0x81, 0x9F...0xA0): 3  // U+205F, U+2060
        case (0xE3, 0x80, 0x80): 3  // U+3000
        case (0xEF, 0xBB, 0xBF): 3  // U+FEFF
        default: nil
        }
    }
}
