/// The inlines of a paragraph as pieces for a terminal.
struct StyledInlines {
    private(set) var pieces: [StyledPiece] = []
    private let isColoured: Bool
    private let hasLinks: Bool

    init(_ inlines: [Inline], _ renderer: AnsiRenderer, attributes: TerminalLook.Attributes = []) {
        isColoured = renderer.isColoured
        hasLinks = renderer.hasHyperlinks
        add(inlines, TerminalLook(attributes: attributes))
    }

    private mutating func add(_ text: String, _ look: TerminalLook, keepsLines: Bool = false) {
        let printable = PrintableText(text, keepsLines: keepsLines).text
        if !printable.isEmpty { pieces.append(StyledPiece(text: printable, look: isColoured ? look : TerminalLook())) }
    }

    private mutating func add(_ inlines: [Inline], _ look: TerminalLook) {
        for inline in inlines {
            switch inline {
            case .text(let text), .html(let text): add(text, look, keepsLines: true)
            case .code(let code): add(isColoured ? code : "`\(code)`", look.with(.code))
            case .emphasis(let children): add(children, look.with(.italic))
            case .strong(let children): add(children, look.with(.bold))
            case .strikethrough(let children):
                if isColoured {
                    add(children, look.with(.struck))
                } else {
                    add([.text("~~")] + children + [.text("~~")], look)
                }
            case .link(let destination, let label), .image(let destination, let label):
                add(linkTo: destination, label, look)
            case .softBreak, .hardBreak: add("\n", look, keepsLines: true)
            }
        }
    }

    private mutating func add(linkTo destination: String, _ label: [Inline], _ look: TerminalLook) {
        let text = label.plainText
        var inner = look.with(.underlined)
        if hasLinks, isColoured, let target = LinkTarget(destination) {
            inner.url = target.url
            return add(text.allSatisfy(\.isWhitespace) ? [.text(destination)] : label, inner)
        }
        guard !text.allSatisfy(\.isWhitespace) else { return add(destination, inner) }
        add(label, inner)
        if destination.isEmpty || destination == text || LinkTarget.isAutomatic(destination, text) { return }
        add(" (\(destination))", look.with(.dim))
    }
}

extension TerminalLook {
    func with(_ more: Attributes) -> TerminalLook {
        var look = self
        look.attributes.formUnion(more)
        return look
    }
}
