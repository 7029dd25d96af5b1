/// Names for the bytes that mean something in Markdown.
extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")

    var isBlank: Bool { self == .space || self == .tab }
    var isDigit: Bool { self &- 0x30 < 10 }
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

extension String {
    /// The text without what confuses parsers: lines end with a line feed, and NUL is U+FFFD, as CommonMark wants it.
    ///
    /// The same bytes when there is nothing to do.
    var normalizedBytes: [UInt8] {
        let bytes = Array(utf8)
        guard bytes.contains(where: { $0 == .carriageReturn || $0 == 0 }) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case .carriageReturn:
                result.append(.lineFeed)
                if position + 1 < bytes.count, bytes[position + 1] == .lineFeed { position += 1 }
            case 0: result += [0xEF, 0xBF, 0xBD]
            case let byte: result.append(byte)
            }
            position += 1
        }
        return result
    }
}

/// A line of a text, or the end of one, without its line feed.
typealias Line = Slice<UnsafeBufferPointer<UInt8>>
