/// How many columns of equal width a text takes where it is drawn: East Asian characters and emoji take two, combining ones
/// none.
struct DisplayWidth {
    let columns: Int

    init(_ text: some StringProtocol) {
        var isASCII = true
        var bytes = 0
        for byte in text.utf8 {
            bytes += 1
            if byte >= 0x80 {
                isASCII = false
                break
            }
        }
        columns = isASCII ? bytes : text.reduce(0) { $0 + Self.columns(of: $1) }
    }

    /// A cluster is as wide as its widest scalar; flags, and what is to be drawn as an emoji, are wide.
    static func columns(of cluster: Character) -> Int {
        var widest = 0
        var count = 0
        for scalar in cluster.unicodeScalars {
            count += 1
            if scalar == "\u{FE0F}" || count == 2 && ("\u{1F1E6}"..."\u{1F1FF}").contains(scalar) { return 2 }
            widest = max(widest, columns(of: scalar))
        }
        return widest
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1 }
        // The later halves of Hangul syllables that are written in parts.
        if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
        if isWide(value) { return 2 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: return scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }

    /// East Asian Width W and F, by blocks.
    private static func isWide(_ value: UInt32) -> Bool {
        guard value >= 0x1100 else { return false }
        return switch value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x3029, 0x302E...0x303E, 0x3041...0x3098, 0x309B...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            !(0x4DC0...0x4DFF).contains(value)
        default: false
        }
    }
}
