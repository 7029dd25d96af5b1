/// What the beginning of a line says of the blocks it may open, as far as that is needed to cut a text between blocks.
struct LineShape {
    /// A line of backticks or tildes.
    struct Fence: Equatable {
        let mark: UInt8
        let count: Int
        /// Whether nothing stands behind it.
        let isBare: Bool
    }

    /// Columns of white space before anything else.
    private(set) var indent = 0
    /// How many quotes and items are opened or continued here.
    private(set) var containers = 0
    /// Whether an item begins here, or may.
    private(set) var isItem = false
    /// Whether it is quoted.
    private(set) var isQuoted = false
    /// The column at which the content begins.
    private(set) var column = 0
    /// Where the content begins.
    private(set) var content: Int

    /// The bytes of the line, without its line feed.
    private let line: Line

    init(_ line: Line) {
        self.line = line
        content = line.startIndex
        skipBlanks()
        indent = column
        // Unindented text is the common case.
        while content < line.endIndex, openContainer() {}
    }

    /// Whether there is no content, in whatever container.
    var isBlank: Bool { content == line.endIndex }

    /// Whether there is nothing at all.
    var isEmpty: Bool { isBlank && containers == 0 }

    /// The first byte of the content; zero where there is none.
    var first: UInt8 { isBlank ? 0 : line[content] }

    /// Whether it stands at the very beginning of the line, in no container.
    private var isAtStart: Bool { indent == 0 && containers == 0 }

    /// Whether it is a heading that no block but a fence or HTML can have taken in.
    var isHeading: Bool {
        guard isAtStart, first == UInt8(ascii: "#") else { return false }
        let rest = line[content...].prefix(8).drop { $0 == UInt8(ascii: "#") }
        guard rest.startIndex - content <= 6 else { return false }
        return rest.first.map(\.isBlank) ?? (line.endIndex == rest.startIndex)
    }

    /// Whether a fence begins here that no block but another fence or HTML can have taken in.
    var isFence: Bool { isAtStart && opening != nil }

    /// The fence that may begin here.
    var opening: Fence? {
        guard let fence = marks, fence.mark != UInt8(ascii: "`") || fence.isBare || !hasBacktick(behind: fence.count)
        else { return nil }
        return fence
    }

    /// The fence that may end here.
    var closing: Fence? { marks.flatMap { $0.isBare ? $0 : nil } }

    private var marks: Fence? {
        guard first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else { return nil }
        let rest = line[content...].drop { $0 == first }
        let count = rest.startIndex - content
        return count >= 3 ? Fence(mark: first, count: count, isBare: rest.allSatisfy(\.isBlank)) : nil
    }

    private func hasBacktick(behind count: Int) -> Bool { line[(content + count)...].contains(UInt8(ascii: "`")) }

    private mutating func skipBlanks() {
        while content < line.endIndex {
            switch line[content] {
            case .space: column += 1
            case .tab: column += 4 - column % 4
            default: return
            }
            content += 1
        }
    }

    private mutating func openContainer() -> Bool {
        let byte = line[content]
        var end = content + 1
        switch byte {
        case UInt8(ascii: ">"):
            isQuoted = true
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
            guard end == line.endIndex || line[end].isBlank else { return false }
            if containers == 0 { isItem = true }
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            while end < line.endIndex, end - content < 10, line[end].isDigit { end += 1 }
            guard end < line.endIndex, line[end] == UInt8(ascii: ".") || line[end] == UInt8(ascii: ")") else {
                return false
            }
            end += 1
            guard end == line.endIndex || line[end].isBlank else { return false }
            if containers == 0 { isItem = true }
        default:
            return false
        }
        containers += 1
        column += end - content
        content = end
        skipBlanks()
        return true
    }
}
