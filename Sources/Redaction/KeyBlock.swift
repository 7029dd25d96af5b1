/// The lines of a private key after its first, in whatever they stand: a file, a diff, a JSON string, source code.
///
/// Ends behind the last line, or, when that is missing, where the text cannot be that of a key any more: all lines but the
/// last one of a key are long.
struct KeyBlock: Sendable {
    private static let longLine = 40
    private static let mostSeparators = 160
    private static let longestWord = 200
    private static let ends = ["-----END ", "---- END "].map { Array($0.utf8) }
    private static let separators = ByteSet(" \t\r\n\"'`,>|#*.:-+/()&;")
    private static let lineEnds = ByteSet("\r\n\\\"'`\u{1B}")

    private static let inLine = ByteSet(allBut: lineEnds)
    private static let fillers = ByteSet.blanks + ",;)|."

    private var isOver = false
    private var sawBody = false
    private var sawShortLine = false

    /// Takes the next line, or what is left of it.
    mutating func step(in window: Window, at position: Int) -> Tail.Step {
        if isOver { return .ended }
        let end: Tail.Step = window.isOpen ? .undecided : .ended
        var word = position
        while let byte = window[word], word - position < Self.mostSeparators {
            if byte == UInt8(ascii: "-") {
                for literal in Self.ends {
                    guard let isHere = window.has(literal, at: word) else { return .undecided }
                    if isHere { return leave(window, from: position, end: word + literal.count) }
                }
            }
            if Self.separators.contains(byte) {
                word += 1
            } else if byte == UInt8(ascii: "\\") {
                let backslashes = window.count(of: .backslash, at: word, limit: 16)
                guard let letter = window[word + backslashes] else { return end }
                let isLineEnd =
                    letter == UInt8(ascii: "n") || letter == UInt8(ascii: "r") || letter == UInt8(ascii: "t")
                word += isLineEnd ? backslashes + 1 : backslashes
            } else {
                break
            }
        }
        let size = window.count(of: .base64, at: word, limit: Self.longestWord)
        guard let next = window[word + size] else {
            guard !window.isOpen else { return .undecided }
            return takes(size) ? .goes(word + size - position) : .ended
        }
        guard size > 0, word - position < Self.mostSeparators else { return .ended }
        if let header = header(window, from: word, word: size) { return header.adding(word - position) }
        if size <= 5, window.count(of: .digits, at: word, limit: 6) == size,
            next.isBlank || next == 0x7C || next == 0x3A
        {
            return .goes(word + size - position)  // the number of the line
        }
        guard size >= Self.longLine || isAlone(window, at: word + size) ?? false else {
            return isAlone(window, at: word + size) == nil ? .undecided : .ended
        }
        let isChecksum = window[word] == UInt8(ascii: "=")
        return isChecksum || takes(size) ? .goes(word + size - position) : .ended
    }

    private mutating func takes(_ size: Int) -> Bool {
        sawBody = true
        guard size > 0, !sawShortLine else { return false }
        sawShortLine = size < Self.longLine
        return true
    }

    /// Behind the last line.
    private mutating func leave(_ window: Window, from start: Int, end: Int) -> Tail.Step {
        let label = window.count(of: .label, at: end, limit: 64)
        let dashes = window.count(of: .dash, at: end + label, limit: 5)
        if window.isOpen, end + label + dashes == window.range.upperBound, dashes < 5 { return .undecided }
        isOver = true
        return .goes(end + label + dashes - start)
    }

    /// A line such as `Proc-Type: 4,ENCRYPTED`, which stands before the others.
    private func header(_ window: Window, from start: Int, word: Int) -> Tail.Step? {
        guard !sawBody, word < 24, window[start]?.isUppercase == true else { return nil }
        let name = window.count(of: .base64URL, at: start, limit: 24)
        guard let colon = window[start + name] else { return window.isOpen ? .undecided : nil }
        guard colon == UInt8(ascii: ":") else { return nil }
        let line = window.count(of: Self.inLine, at: start, limit: Self.longestWord)
        if window.isOpen, start + line == window.range.upperBound, line < Self.longestWord { return .undecided }
        return .goes(line)
    }

    /// Whether the line ends behind `position`; nil when that is not known yet.
    private func isAlone(_ window: Window, at position: Int) -> Bool? {
        let blanks = window.count(of: Self.fillers, at: position, limit: 32)
        guard let byte = window[position + blanks] else { return window.isOpen ? nil : true }
        // In a key on one line, blanks stand for the ends of lines.
        return Self.lineEnds.contains(byte) || blanks > 0 && byte == UInt8(ascii: "-")
    }
}

extension Tail.Step {
    fileprivate func adding(_ count: Int) -> Tail.Step {
        if case .goes(let more) = self { .goes(count + more) } else { self }
    }
}
