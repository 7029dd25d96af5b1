/// Up to where a block that goes on can be looked at: behind whole words.
enum CertainEnd {
    /// Marks behind which words end in writing without blanks.
    private static let stops: Set<Character> = ["。", "、", "，", "！", "？", "；", "："]

    /// The ends to try, the furthest first: behind the last word, and behind the last line that is complete.
    static func candidates(in text: String) -> [String.Index] {
        let word = text.lastIndex { $0.isWhitespace || stops.contains($0) }.map { text.index(after: $0) }
        let line = text.lastIndex(of: "\n").map { text.index(after: $0) }
        guard let word else { return [] }
        return line.map { $0 == word ? [word] : [word, $0] } ?? [word]
    }
}

extension [Block] {
    /// Whether what follows can make no other than the last line look different.
    var isCertain: Bool {
        switch last {
        case .paragraph(let inlines): inlines.isCertain
        case .list(let list): list.items.last?.blocks.isCertain ?? true
        case .quote(let blocks): blocks.isCertain
        case .code: true
        case nil: true
        // A heading may be one of the kind that is underlined; a table grows in width.
        case .heading, .table, .thematicBreak, .html, .unparsed: false
        }
    }
}

extension [Inline] {
    /// Whether nothing is open that could get its other half.
    fileprivate var isCertain: Bool {
        let text = Array<Character>(literalText)
        var index = 0
        while index < text.count {
            let character = text[index]
            var end = index + 1
            while end < text.count, text[end] == character { end += 1 }
            // The text ends behind a whole word.
            let next = end < text.count ? text[end] : " "
            switch character {
            case "`", "[", "|": return false
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

extension Character {
    fileprivate var isWordCharacter: Bool { isLetter || isNumber }
}
