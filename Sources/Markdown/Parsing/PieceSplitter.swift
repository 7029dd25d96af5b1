/// Cuts a text that is still growing into pieces that can be parsed for themselves.
struct PieceSplitter {
    /// The longest line that is parsed before it is complete.
    private static let longestLine = 4_096

    private let limits: ParsingLimits
    /// The definitions of links so far.
    private(set) var definitions = LinkDefinitions()

    private var rule: BlockRule
    /// From the beginning of the piece that is open, between calls.
    private var buffer: [UInt8] = []
    private var pieceStart = 0
    private var lineStart = 0
    /// Where to look on for the end of the line.
    private var position = 0
    /// Whether the text ended with a carriage return, to which a line feed may belong.
    private var endsInReturn = false
    private var bytes = 0
    private var remainingCost: Int
    /// How many pieces more may use the definitions, which are parsed with each of them.
    private var remainingUses: Int

    init(limits: ParsingLimits) {
        self.limits = limits
        rule = BlockRule(limits: limits)
        remainingCost = limits.cost
        remainingUses = limits.uses
    }

    /// How many bytes the piece that is open has.
    var openCount: Int { buffer.count - pieceStart }

    /// The piece that is open; nil when it is empty, or too costly or too long to be parsed more than once.
    var open: String? {
        guard openCount > 0, rule.cost <= limits.cost >> 7, bytes + openCount <= limits.bytes,
            // What it costs is known of whole lines alone.
            buffer.count - lineStart <= Self.longestLine
        else { return nil }
        let end = isLineUndecided ? lineStart : buffer.count
        return end > pieceStart ? String(decoding: buffer[pieceStart..<end], as: UTF8.self) : nil
    }

    /// Whether the line that is not complete yet may belong to the next piece.
    private var isLineUndecided: Bool {
        lineStart < buffer.count && lineStart > pieceStart
            && buffer.withUnsafeBufferPointer { [rule, lineStart] in rule.mayBeginPiece($0[lineStart...]) }
    }

    /// Ends the piece that is open where it is not certain that it goes on; returns it.
    mutating func cutUndecided() -> [Piece] {
        guard isLineUndecided else { return [] }
        let piece = cut(at: lineStart)
        buffer.removeFirst(pieceStart)
        (lineStart, position, pieceStart) = (lineStart - pieceStart, position - pieceStart, 0)
        return [piece]
    }

    /// Takes the next part of the text; returns the pieces that are complete.
    mutating func add(_ text: String) -> [Piece] {
        guard !text.isEmpty else { return [] }
        var text = text
        if endsInReturn { text = "\r" + text }
        endsInReturn = text.utf8.last == .carriageReturn
        if endsInReturn { text.unicodeScalars.removeLast() }
        buffer += text.normalizedBytes
        var pieces = takeLines()
        // A list has ended when a line begins that cannot belong to it: no need to wait for the rest of the line.
        if position > lineStart, rule.isCertainlyNew(buffer[lineStart]) { pieces.append(cut(at: lineStart)) }
        guard pieceStart > 0 else { return pieces }
        buffer.removeFirst(pieceStart)
        (lineStart, position, pieceStart) = (lineStart - pieceStart, position - pieceStart, 0)
        return pieces
    }

    /// Ends the text; returns what is left, in at most a few pieces.
    mutating func finish() -> [Piece] {
        var pieces: [Piece] = []
        if endsInReturn { pieces += add("\n") }
        if position > lineStart { pieces += takeLine(end: position, next: position) }
        if pieceStart < buffer.count { pieces.append(cut(at: buffer.count)) }
        return pieces
    }

    private mutating func takeLines() -> [Piece] {
        var pieces: [Piece] = []
        while let end = buffer[position...].firstIndex(of: .lineFeed) {
            pieces += takeLine(end: end, next: end + 1)
            (lineStart, position) = (end + 1, end + 1)
        }
        position = buffer.count
        return pieces
    }

    private mutating func takeLine(end: Int, next: Int) -> [Piece] {
        switch offer(lineStart..<end) {
        case .nowhere:
            return []
        case .behind:
            return [cut(at: next)]
        case .before:
            let piece = cut(at: lineStart)
            return [piece] + takeLine(end: end, next: next)
        }
    }

    private mutating func offer(_ line: Range<Int>) -> BlockRule.Cut {
        buffer.withUnsafeBufferPointer { [line] in rule.take($0[line], &definitions) }
    }

    private mutating func cut(at end: Int) -> Piece {
        let source = buffer[pieceStart..<end]
        bytes += source.count
        let isParsed = bytes <= limits.bytes && rule.cost <= remainingCost
        if isParsed { remainingCost -= rule.cost }
        let mayUse = remainingUses > 0 && source.contains(UInt8(ascii: "]"))
        if mayUse { remainingUses -= 1 }
        pieceStart = end
        rule.reset()
        return Piece(
            source: String(decoding: source, as: UTF8.self), isParsed: isParsed,
            definitions: mayUse ? definitions : nil)
    }
}
