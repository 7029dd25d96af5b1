/// A part of a text that holds whole blocks.
struct Piece {
    /// As it was written, with line feeds at the ends of lines.
    let source: String
    /// Whether it may be parsed within the limits.
    let isParsed: Bool
    /// Those that stand in this piece and before it; nil when it uses none.
    let definitions: LinkDefinitions?

    /// The blocks; with `definitions` instead of its own when these are given.
    func blocks(definitions all: LinkDefinitions? = nil, limits: ParsingLimits) -> [Block] {
        guard isParsed else { return asWritten }
        let definitions = definitions.map { (all ?? $0).source } ?? []
        var source = source
        let blocks = source.withUTF8 { bytes in
            guard !definitions.isEmpty else { return CMarkParser.blocks(of: bytes, depth: limits.depth) }
            let together = definitions + bytes
            return together.withUnsafeBufferPointer { CMarkParser.blocks(of: $0, depth: limits.depth) }
        }
        // A piece of nothing but definitions: the person who reads has no other way to see where they lead.
        return blocks.isEmpty ? asWritten : blocks
    }

    private var asWritten: [Block] {
        let lines = Substring(source).utf8.drop { $0 == .lineFeed || $0.isBlank }
        guard let last = lines.lastIndex(where: { $0 != .lineFeed && !$0.isBlank }) else { return [] }
        return [.unparsed(String(Substring(lines[...last])))]
    }
}
