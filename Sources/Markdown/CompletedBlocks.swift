/// Parses Markdown that is still being written: gives each block as soon as it is certain that it is complete.
///
/// However the text is cut into chunks, the blocks are those of the whole text, with one exception: a link that is
/// defined behind its use stays text. Holds no more than what is not complete yet.
public struct CompletedBlocks: Sendable {
    /// Blocks that are complete.
    public struct Completed: Sendable, Equatable {
        /// Where they were written; all of these joined give the whole text, its ends of lines as line feeds.
        public let source: String
        /// The blocks: seldom more than one or two.
        public let blocks: [Block]
    }

    private let limits: ParsingLimits
    private var splitter: PieceSplitter

    /// Begins a text.
    public init() { self.init(limits: ParsingLimits()) }

    package init(limits: ParsingLimits) {
        self.limits = limits
        splitter = PieceSplitter(limits: limits)
    }

    /// Takes the next chunk; returns what is complete now.
    public mutating func add(_ text: String) -> [Completed] { splitter.add(text).map(complete) }

    /// Ends the text and returns what is left.
    ///
    /// Then another text may begin.
    public mutating func finish() -> [Completed] {
        let completed = splitter.finish().map(complete)
        splitter = PieceSplitter(limits: limits)
        return completed
    }

    /// What is certain to belong to the block that goes on, its ends of lines as line feeds; nil for nothing, and where it
    /// costs too much to be parsed more than once.
    var open: String? { splitter.open }

    /// Takes for complete what is as likely complete as not.
    mutating func cutUndecided() -> [Completed] { splitter.cutUndecided().map(complete) }

    /// How many bytes of UTF-8 are not complete yet.
    var openCount: Int { splitter.openCount }

    /// The blocks of `source`, a part of what is not complete yet, as if the text ended there.
    func blocks(of source: String) -> [Block] {
        Piece(source: source, isParsed: true, definitions: nil).blocks(limits: limits)
    }

    private func complete(_ piece: Piece) -> Completed {
        Completed(source: piece.source, blocks: piece.blocks(limits: limits))
    }
}
