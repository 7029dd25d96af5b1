/// Text without what would move a cursor or begin an escape sequence.
///
/// Controls are shown as the pictures that Unicode has for them, `␛` for escape; the C1 ones as U+FFFD. A tab becomes
/// blanks, and a separator of lines or paragraphs one.
struct PrintableText {
    let text: String

    /// Line feeds are controls too, unless they are kept.
    init(_ raw: String, keepsLines: Bool = false) {
        var isClean = true
        var raw = raw
        raw.withUTF8 { bytes in
            isClean = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F || keepsLines && $0 == .lineFeed }
        }
        guard !isClean else {
            text = raw
            return
        }
        var shown: [UInt8] = []
        var before: (UInt8, UInt8) = (0, 0)
        for byte in raw.utf8 {
            switch byte {
            case 0x0A where keepsLines: shown.append(byte)
            case 0x09: shown += "    ".utf8
            case 0x0A: shown.append(.space)
            case 0..<0x20: shown += [0xE2, 0x90, 0x80 + byte]  // U+2400 and the following
            case 0x7F: shown += [0xE2, 0x90, 0xA1]
            case 0x80..<0xA0 where before.1 == 0xC2:
                shown.removeLast()
                shown += [0xEF, 0xBF, 0xBD]
            case 0xA8...0xA9 where before == (0xE2, 0x80):
                shown.removeLast(2)
                shown.append(.space)
            default: shown.append(byte)
            }
            before = (before.1, byte)
        }
        text = String(decoding: shown, as: UTF8.self)
    }
}
