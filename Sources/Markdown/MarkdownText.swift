/// A text in GitHub's Markdown, as the tree of its blocks.
///
/// Any text can be given. The work is bounded by construction: what is beyond the `ParsingLimits` stands in the tree as
/// `unparsed`, and what is nested too deeply as plain text. Nothing but the marks of Markdown is left out, and the
/// definition of a link that stands beside other text.
///
/// The source is cut into pieces at places where one block certainly ends, and each piece is parsed for itself, in the
/// same way as `CompletedBlocks` does it for a text that is still growing.
public struct MarkdownText: Sendable, Equatable {
    /// The blocks, in order.
    public let blocks: [Block]

    /// Parses `source`.
    public init(_ source: String) { self.init(source, limits: ParsingLimits()) }

    package init(_ source: String, limits: ParsingLimits) {
        var splitter = PieceSplitter(limits: limits)
        let pieces = splitter.add(source) + splitter.finish()
        // Links may be defined behind their use.
        blocks = pieces.flatMap { $0.blocks(definitions: splitter.definitions, limits: limits) }
    }

    /// Parses `source` in one go, whatever that costs: what the pieces have to agree with.
    package init(uncut source: String) {
        let bytes = source.normalizedBytes
        blocks = bytes.withUnsafeBufferPointer { CMarkParser.blocks(of: $0, depth: ParsingLimits().depth) }
    }

    /// Creates the text that has these blocks.
    public init(blocks: [Block]) { self.blocks = blocks }
}
