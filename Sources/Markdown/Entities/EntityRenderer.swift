/// Renders a tree as a text with entities.
struct EntityRenderer {
    private static let deepestIndent = 24

    private var builder = EntityBuilder()
    /// What stands before each line within an item or a nested quotation.
    private var prefix = ""
    private var isQuoted = false

    /// The text, and its entities.
    func finish() -> EntityText { builder.finish() }

    mutating func render(_ blocks: [Block]) {
        for (index, block) in blocks.enumerated() {
            if index > 0 {
                builder.append("\n\n")
                builder.noteBlock()
            }
            render(block)
        }
    }

    private mutating func render(_ block: Block) {
        switch block {
        case .paragraph(let inlines):
            render(inlines)
        case .heading(_, let inlines):
            styled(.bold, inlines)
        case .list(let list):
            render(list)
        case .quote(let blocks):
            quote(blocks)
        case .code(let info, let code):
            builder.appendCode(code, as: .pre(language: Self.language(info)), isAlone: true)
        case .table(let table):
            render(table)
        case .thematicBreak:
            builder.append("──────────")
        case .html(let text), .unparsed(let text):
            append(text)
        }
    }

    // MARK: Lines

    private mutating func append(_ text: String) {
        guard !prefix.isEmpty, text.utf8.contains(.lineFeed) else { return builder.append(text) }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { endLine() }
            builder.append(String(line))
        }
    }

    private mutating func endLine(_ feeds: Int = 1) {
        builder.append(feeds == 1 ? "\n" : "\n\n")
        builder.append(prefix)
    }

    /// Blocks one after the other within a container.
    private mutating func render(_ blocks: [Block], isTight: Bool, isBehindMarker: Bool = false) {
        for (index, block) in blocks.enumerated() {
            let feeds = index > 0 ? (isTight ? 1 : 2) : isBehindMarker && block.isCode ? 1 : 0
            if block.isCode {
                // Nothing may stand before the lines of code.
                builder.append(String(repeating: "\n", count: feeds))
            } else if feeds > 0 {
                endLine(feeds)
            }
            render(block)
        }
    }

    private mutating func render(_ list: MarkdownList) {
        for (index, item) in list.items.enumerated() {
            if index > 0 { endLine(list.isTight ? 1 : 2) }
            let marker = list.marker(index) + " "
            builder.append(marker)
            builder.append(item.box)
            indented(by: String(repeating: " ", count: marker.unicodeScalars.count)) {
                $0.render(item.blocks, isTight: list.isTight, isBehindMarker: true)
            }
        }
    }

    private mutating func indented(by more: String, _ body: (inout Self) -> Void) {
        let outer = prefix
        if prefix.utf8.count < Self.deepestIndent { prefix += more }
        body(&self)
        prefix = outer
    }

    /// Quotations cannot be nested: an inner one is marked as in Markdown.
    private mutating func quote(_ blocks: [Block]) {
        guard !isQuoted else {
            builder.append("> ")
            return indented(by: "> ") { $0.render(blocks, isTight: false) }
        }
        isQuoted = true
        builder.open(.blockquote)
        render(blocks, isTight: false)
        builder.close()
        isQuoted = false
    }

    private mutating func render(_ table: MarkdownTable) {
        builder.appendCode(
            TableLayout(table).lines.joined(separator: "\n"), as: .pre(language: nil), isAlone: true)
        // In code a link cannot be followed.
        let links = table.links.filter { LinkTarget($0.destination) != nil }
        for (index, link) in links.enumerated() {
            if index == 0 { endLine() } else { builder.append(" · ") }
            render([.link(destination: link.destination, link.label)])
        }
    }

    /// The first word of what stands behind a fence, if it can be the name of a language.
    private static func language(_ info: String) -> String? {
        let word = info.utf8.prefix { $0 > .space && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "{") }
        let isName = word.allSatisfy { $0.isLetter || $0.isDigit || "+-#._".utf8.contains($0) }
        return word.isEmpty || word.count > 32 || !isName ? nil : String(Substring(word))
    }

    // MARK: Within lines

    private mutating func render(_ inlines: [Inline]) {
        for inline in inlines {
            switch inline {
            case .text(let text), .html(let text): append(text)
            case .code(let code):
                // A link is worth more than its looks.
                if builder.isInLink { append(code) } else { builder.appendCode(code, as: .code) }
            case .emphasis(let children): styled(.italic, children)
            case .strong(let children): styled(.bold, children)
            case .strikethrough(let children): styled(.strikethrough, children)
            case .link(let destination, let label): link(to: destination, label)
            case .image(let source, let label): link(to: source, label)
            case .softBreak, .hardBreak: endLine()
            }
        }
    }

    private mutating func styled(_ kind: TextEntity.Kind, _ inlines: [Inline]) {
        guard !builder.has(kind) else { return render(inlines) }
        builder.open(kind)
        render(inlines)
        builder.close()
    }

    private mutating func link(to destination: String, _ label: [Inline]) {
        let text = label.plainText
        if builder.isInLink || destination.isEmpty || LinkTarget.isAutomatic(destination, text) {
            return render(label)
        }
        let isShown = !text.allSatisfy(\.isWhitespace)
        guard let target = LinkTarget(destination) else {
            if isShown, text != destination {
                render(label)
                builder.append(" (")
                builder.appendCode(destination, as: .code)
                return builder.append(")")
            }
            return builder.appendCode(destination, as: .code)
        }
        guard isShown else { return append(destination) }
        builder.open(.textLink(url: target.url))
        render(label)
        builder.close()
    }
}

extension Block {
    /// Whether it becomes lines of code.
    fileprivate var isCode: Bool {
        switch self {
        case .code, .table: true
        case .paragraph, .heading, .list, .quote, .thematicBreak, .html, .unparsed: false
        }
    }
}
