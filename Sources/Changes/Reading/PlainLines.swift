/// A text as lines that can be shown: no sign in them moves a cursor, sets a title, or turns the reading direction.
enum PlainLines {
    /// Longer lines are cut.
    static let lineLimit = 400

    /// The lines of `text`, whole; the last line feed begins none.
    static func of(_ text: String) -> [String] {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            line.last == UInt8(ascii: "\r")
                ? String(decoding: line.dropLast(), as: UTF8.self) : String(decoding: line, as: UTF8.self)
        }
    }

    /// A line as it can be shown, cut where it is too long.
    static func shown(_ line: String, limit: Int = lineLimit) -> String {
        var scalars = String.UnicodeScalarView()
        var (count, left) = (0, 0)
        for scalar in line.unicodeScalars {
            count += 1
            guard count <= limit else {
                left += 1
                continue
            }
            scalars.append(picture(scalar))
        }
        return String(scalars) + (left > 0 ? " [\(left) more characters]" : "")
    }

    /// A path on one line, in quotes where it needs them.
    static func shown(path: [UInt8]) -> String { shown(path: String(decoding: path, as: UTF8.self)) }

    static func shown(path: String) -> String { shown(ChangedFile.quoted(path)) }

    private static func picture(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09: scalar
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        // C1 controls, separators of lines, and what turns the direction of text.
        case 0x80..<0xA0, 0x2028...0x202E, 0x2066...0x2069: "\u{FFFD}"
        default: scalar
        }
    }
}

/// Lines of an answer, up to a limit.
struct BoundedLines {
    private(set) var lines: [String] = []
    /// How many were left out.
    private(set) var left = 0
    private var room: (lines: Int, characters: Int)

    init(lines: Int, characters: Int = .max) { room = (lines, characters) }

    /// Takes a line if there is room for it, and for all before it there was.
    mutating func add(_ line: String) {
        let size = line.unicodeScalars.count + 1
        guard left == 0, room.lines > 0, room.characters >= size else { return left += 1 }
        room = (room.lines - 1, room.characters - size)
        lines.append(line)
    }

    /// The lines, and what is missing: `[12 more lines are left out]`.
    func text(under heading: String, left thing: (one: String, many: String) = ("line", "lines")) -> String {
        let note = left == 0 ? [] : ["[\(left) more \(left == 1 ? thing.one : thing.many) left out]"]
        return ([heading] + lines + note).joined(separator: "\n")
    }
}
