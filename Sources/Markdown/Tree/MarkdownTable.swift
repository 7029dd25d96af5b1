/// A table of Markdown.
public struct MarkdownTable: Sendable, Equatable {
    /// How the cells of a column stand in it.
    public enum Alignment: Sendable, Equatable {
        /// To the left, also where the source does not say it.
        case left
        /// In the middle.
        case center
        /// To the right.
        case right
    }

    /// One for each column.
    public let alignments: [Alignment]
    /// The cells by row, the head first; a row has at most one cell for each column.
    public let rows: [[[Inline]]]

    /// Creates a table.
    public init(alignments: [Alignment], rows: [[[Inline]]]) {
        self.alignments = alignments
        self.rows = rows
    }
}

extension MarkdownTable {
    /// The links in its cells.
    var links: [(destination: String, label: [Inline])] { rows.joined().flatMap { Self.links(in: $0) } }

    private static func links(in inlines: [Inline]) -> [(destination: String, label: [Inline])] {
        inlines.flatMap { inline -> [(destination: String, label: [Inline])] in
            switch inline {
            case .link(let destination, let label):
                LinkTarget.isAutomatic(destination, label.plainText) ? [] : [(destination, label)]
            case .image(let source, let label): [(source, label)]
            case .emphasis(let children), .strong(let children), .strikethrough(let children): links(in: children)
            case .text, .code, .softBreak, .hardBreak, .html: []
            }
        }
    }
}
