/// Markdown that is still being written, as lines for a terminal: each as soon as it is certain how it looks.
///
/// Of a block that goes on, all lines are given but one that is still written, as long as nothing in it is open: a `**` or
/// a `[` may still get its other half, which changes what stands between them, and what looks like the head of a table may
/// be one. Nothing is given twice, and nothing is left out: what comes
/// out in another way after all goes on behind the last character that was given.
public struct AnsiFlow: Sendable {
    private var completed = CompletedBlocks()
    /// What was given of the block that goes on.
    private var given = GivenLines()
    /// Whether something of the text stands directly above.
    private var isBelowBlock = false
    /// How much of the block there was when it was looked at last.
    private var looked = 0

    /// Begins a text.
    public init() {}

    /// Takes the next chunk; returns the lines that are certain now, as `renderer` makes them.
    public mutating func add(_ text: String, by renderer: AnsiRenderer) -> [String] {
        let lines = take(completed.add(text), renderer)
        // Much of a long block comes at once, so that the whole costs no more than some times its length.
        let size = completed.openCount
        let least = text.utf8.contains(.lineFeed) ? 1 : renderer.columns / 4
        guard size - looked >= max(least, size / 64) else { return lines }
        return lines + look(by: renderer)
    }

    /// Returns the lines that are certain and were not looked at when they came.
    ///
    /// For whoever waits for more of the text: it costs as much as the block that goes on is long.
    public mutating func look(by renderer: AnsiRenderer) -> [String] {
        guard completed.openCount != looked else { return [] }
        looked = completed.openCount
        return glimpse(renderer)
    }

    /// Returns all that there is so far, since something else is to stand below it; the text goes on behind that.
    public mutating func pause(by renderer: AnsiRenderer) -> [String] {
        var lines = take(completed.cutUndecided(), renderer)
        if let open = completed.open {
            lines += give(renderer.lines(of: completed.blocks(of: open)), isLast: false)
        } else if completed.openCount > 0 {
            // What costs too much to be parsed again: then the block ends here.
            lines += take(completed.finish(), renderer)
        }
        isBelowBlock = false
        return lines
    }

    /// Ends the text and returns what is left; then another one may begin.
    public mutating func finish(by renderer: AnsiRenderer) -> [String] {
        defer { self = AnsiFlow() }
        return take(completed.finish(), renderer)
    }

    private mutating func take(_ pieces: [CompletedBlocks.Completed], _ renderer: AnsiRenderer) -> [String] {
        pieces.flatMap { piece in
            looked = 0
            return give(renderer.lines(of: piece.blocks), isLast: true)
        }
    }

    /// The lines that are certain of the block that goes on.
    private mutating func glimpse(_ renderer: AnsiRenderer) -> [String] {
        guard let open = completed.open else { return [] }
        for end in CertainEnd.candidates(in: open) {
            let blocks = completed.blocks(of: String(open[..<end.index]))
            guard blocks.isCertain(before: end.next) else { continue }
            let lines = renderer.lines(of: blocks)
            // The last line may become longer.
            return give(end.endsLine ? lines : lines.dropLast(), isLast: false)
        }
        return []
    }

    private mutating func give(_ lines: [String], isLast: Bool) -> [String] {
        let isBeginning = given.isEmpty
        let new = given.rest(of: lines)
        defer { if isLast { given = GivenLines() } }
        guard !new.isEmpty else { return [] }
        given.add(new)
        defer { isBelowBlock = true }
        return (isBeginning && isBelowBlock ? [""] : []) + new
    }
}
