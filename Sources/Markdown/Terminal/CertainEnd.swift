/// Up to where a block that goes on can be looked at: behind a whole word or a whole line.
struct CertainEnd {
    let index: String.Index
    /// The line behind it, as far as it is known; nil where the text ends here.
    let next: Substring?
    /// Whether the line before it is complete, and stays as it looks when the block goes on.
    let endsLine: Bool

    /// Marks behind which words end in writing without blanks.
    private static let stops: Set<Character> = ["。", "、", "，", "！", "？", "；", "："]

    private init(_ index: String.Index, before next: Substring?, in text: String) {
        self.index = index
        self.next = next
        let rest = text[..<index]
        guard rest.utf8.last == .lineFeed else {
            endsLine = false
            return
        }
        let line = rest.dropLast()
        endsLine = Self.isPlain(line[(line.lastIndex(of: "\n").map(line.index(after:)) ?? line.startIndex)...])
    }

    /// The ends to try, the furthest first: behind the last word, behind the last line that is complete, and behind the
    /// one before it.
    static func candidates(in text: String) -> [CertainEnd] {
        guard let word = text.lastIndex(where: { $0.isWhitespace || stops.contains($0) }) else { return [] }
        var ends = [CertainEnd(text.index(after: word), before: nil, in: text)]
        guard let line = text.lastIndex(of: "\n") else { return ends }
        if line != word { ends.append(CertainEnd(text.index(after: line), before: nil, in: text)) }
        guard let earlier = text[..<line].lastIndex(of: "\n").map(text.index(after:)) else { return ends }
        ends.append(CertainEnd(earlier, before: text[earlier..<line], in: text))
        return ends
    }

    /// Whether `line` has something to show, and a line behind it does not change that.
    private static func isPlain(_ line: Substring) -> Bool {
        // A backslash at the end is one only where the block ends.
        guard line.utf8.last != UInt8(ascii: "\\") else { return false }
        return Array(line.utf8).withUnsafeBufferPointer { bytes in
            let shape = LineShape(bytes[...])
            // A box alone is one only where something follows.
            let isBox =
                shape.first == UInt8(ascii: "[")
                && bytes[shape.content...].drop { $0 != UInt8(ascii: "]") }
                    .dropFirst().allSatisfy(\.isBlank)
            return !shape.isBlank && shape.opening == nil && !isBox
        }
    }
}

extension [Block] {
    /// Whether what follows can make no other than the last line look different; `next` is the line that does, as far as it
    /// is known.
    func isCertain(before next: Substring?) -> Bool {
        switch last {
        case .paragraph(let inlines): inlines.isCertain(before: next)
        case .list(let list): list.items.last?.blocks.isCertain(before: next) ?? true
        case .quote(let blocks): blocks.isCertain(before: next)
        case .code: true
        case nil: true
        // A heading may be one of the kind that is underlined; a table grows in width.
        case .heading, .table, .thematicBreak, .html, .unparsed: false
        }
    }
}

extension [Inline] {
    /// Whether nothing is open that could get its other half, and no line can be the head of a table.
    fileprivate func isCertain(before next: Substring?) -> Bool {
        let literal = literalText
        var lines = literal.split(separator: "\n", omittingEmptySubsequences: false)
        if let next { lines.append(next) }
        for (index, line) in lines.enumerated().dropLast(next == nil ? 0 : 1) where line.contains("|") {
            guard index + 1 < lines.count, !lines[index + 1].mayDelimitTable else { return false }
        }
        return Self.isClosed(Array<Character>(literal))
    }

    private static func isClosed(_ text: [Character]) -> Bool {
        var index = 0
        while index < text.count {
            let character = text[index]
            var end = index + 1
            while end < text.count, text[end] == character { end += 1 }
            // The text ends behind a whole word.
            let next = end < text.count ? text[end] : " "
            switch character {
            case "`": return false
            case "[":
                guard isBracketed(text, from: index) else { return false }
                end = index + 1
            case "<": if !next.isWhitespace, !next.isNumber, next != "=" { return false }
            case "_" where index > 0 && text[index - 1].isWordCharacter && next.isWordCharacter: break
            // One that a blank follows opens nothing.
            case "*", "_", "~": if !next.isWhitespace { return false }
            default: break
            }
            index = end
        }
        return true
    }

    /// Whether the bracket at `start` is closed, and what is in it is not about to become a link.
    private static func isBracketed(_ text: [Character], from start: Int) -> Bool {
        var depth = 0
        for index in start..<Swift.min(text.count, start + 1_000) {
            if text[index] == "[" { depth += 1 }
            if text[index] == "]" { depth -= 1 }
            if depth == 0 { return index + 1 == text.count || !["(", "[", ":"].contains(text[index + 1]) }
        }
        return false
    }

    /// The text in which marks mean nothing so far, with something harmless in the place of code.
    private var literalText: String {
        reduce(into: "") { text, inline in
            switch inline {
            case .text(let part): text += part
            case .code, .html: text += "x"
            case .emphasis(let children), .strong(let children), .strikethrough(let children),
                .link(_, let children), .image(_, let children):
                text += children.literalText
            case .softBreak, .hardBreak: text += "\n"
            }
        }
    }
}

extension Substring {
    /// Whether it is, or may become, the line below the head of a table.
    fileprivate var mayDelimitTable: Bool { allSatisfy { "|-: \t>".contains($0) } }
}

extension Character {
    fileprivate var isWordCharacter: Bool { isLetter || isNumber }
}
