/// Leaves out of a terminal's output what moves the cursor or paints, so that the words can be found.
struct EscapeFilter {
    private enum Place {
        case text
        /// Behind an escape character.
        case escape
        /// In a control sequence, up to its final byte.
        case control
        /// In an operating system command, up to its BEL or ST.
        case command
    }

    private var place = Place.text

    /// The visible part of `bytes`; a sequence may begin in one call and end in a later one.
    mutating func add(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var visible: [UInt8] = []
        for byte in bytes {
            switch (place, byte) {
            case (_, 0x1b): place = .escape
            case (.text, UInt8(ascii: "\r")): break
            case (.text, _): visible.append(byte)
            case (.escape, UInt8(ascii: "[")): place = .control
            case (.escape, UInt8(ascii: "]")): place = .command
            case (.escape, _): place = .text
            case (.control, 0x40...0x7e): place = .text
            case (.control, _): break
            case (.command, 0x07): place = .text
            case (.command, _): break
            }
        }
        return visible
    }
}
