/// Renders blocks as lines for a terminal.
///
/// Nothing of the text can act on the terminal: control characters are shown as pictures, and the only escape sequences
/// are those for looks, each ended on its line.
public struct AnsiRenderer: Sendable {
    /// How wide lines may be.
    ///
    /// Only code, and words that do not fit, are wider; and tables that do not fit, which then stand as they were written.
    public let columns: Int
    /// Whether there are escape sequences at all; without, code and headings keep the marks of Markdown.
    public let isColoured: Bool
    /// Whether links are links of the terminal (OSC 8) instead of being followed by where they lead.
    public let hasHyperlinks: Bool

    /// A renderer for one terminal.
    public init(columns: Int, isColoured: Bool, hasHyperlinks: Bool = false) {
        self.columns = max(columns, 1)
        self.isColoured = isColoured
        self.hasHyperlinks = hasHyperlinks
    }

    /// The lines of `blocks`, with an empty one between two blocks and none at the end.
    public func lines(of blocks: [Block]) -> [String] { lines(of: blocks, gap: 1) }

    private func lines(of blocks: [Block], gap: Int) -> [String] {
        var lines: [String] = []
        for (index, block) in blocks.enumerated() {
            if index > 0 { lines += Array(repeating: "", count: gap) }
            lines += self.lines(of: block)
        }
        return lines
    }

    private func lines(of block: Block) -> [String] {
        switch block {
        case .paragraph(let inlines):
            return wrapped(StyledInlines(inlines, self).pieces)
        case .heading(let level, let inlines):
            let marks = isColoured ? [] : [Inline.text(String(repeating: "#", count: level) + " ")]
            let attributes: TerminalLook.Attributes = level == 1 ? [.bold, .underlined] : .bold
            return wrapped(StyledInlines(marks + inlines, self, attributes: attributes).pieces)
        case .list(let list):
            return list.items.indices.flatMap { index in
                (index > 0 && !list.isTight ? [""] : []) + lines(of: list, index)
            }
        case .quote(let blocks):
            let bar = styled("│", .dim) + " "
            return narrowed(by: 2).lines(of: blocks, gap: 1).map { bar + $0 }
        case .code(_, let code):
            return printableLines(code).map { $0.isEmpty ? "" : "    " + styled($0, .dim) }
        case .table(let table):
            return AnsiTable(table, self).lines
        case .thematicBreak:
            return [styled(String(repeating: "─", count: min(columns, 40)), .dim)]
        case .html(let text), .unparsed(let text):
            let printable = PrintableText(text, keepsLines: true).text
            return wrapped([StyledPiece(text: printable, look: TerminalLook())])
        }
    }

    private func lines(of list: MarkdownList, _ index: Int) -> [String] {
        let item = list.items[index]
        let marker = list.marker(index) + " " + item.box
        let width = DisplayWidth(marker).columns
        let indent = String(repeating: " ", count: width)
        let lines = narrowed(by: width).lines(of: item.blocks, gap: list.isTight ? 0 : 1)
        guard let first = lines.first else { return [String(marker.dropLast())] }
        return [marker + first] + lines.dropFirst().map { $0.isEmpty ? "" : indent + $0 }
    }

    private func narrowed(by columns: Int) -> AnsiRenderer {
        AnsiRenderer(
            columns: max(self.columns - columns, min(self.columns, 8)), isColoured: isColoured,
            hasHyperlinks: hasHyperlinks)
    }

    private func wrapped(_ pieces: [StyledPiece]) -> [String] { LineWrapper.lines(of: pieces, columns: columns) }

    private func printableLines(_ text: String) -> [String] {
        PrintableText(text, keepsLines: true).text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    private func styled(_ text: String, _ attributes: TerminalLook.Attributes) -> String {
        isColoured ? TerminalLook(attributes: attributes).applied(to: text) : text
    }
}
