/// Finds, line by line, where one block certainly ends and the next begins.
///
/// A state machine as a value. In doubt it does not cut: a piece then holds several blocks, and the parser tells them
/// apart.
struct BlockRule {
    /// Where a text is cut for a line.
    enum Cut {
        case nowhere, before, behind
    }

    /// A fence that is open.
    private struct OpenFence {
        let fence: LineShape.Fence
        let isQuoted: Bool
        let isInItem: Bool
        /// Whether the piece is this fence and no more: then nothing in it can cost much.
        let isWholePiece: Bool

        /// Whether what holds the fence has ended.
        func isLeft(by shape: LineShape) -> Bool {
            isQuoted ? !shape.isQuoted : isInItem && !shape.isEmpty && shape.indent < 2
        }

        func isClosed(by shape: LineShape) -> Bool {
            guard let closing = shape.closing, closing.mark == fence.mark, closing.count >= fence.count else {
                return false
            }
            return isQuoted || shape.containers == 0 && (isInItem || shape.indent < 4)
        }
    }

    private enum Phase {
        case text
        case fence(OpenFence)
        case html(OpenHTML)
    }

    private let limits: ParsingLimits
    private var phase = Phase.text
    private var isEmpty = true
    /// Whether the block may go on behind a blank line: a list, or indented code.
    private var isSticky = false
    private var isAfterBlank = false
    /// Whether a line since the last blank one may have begun HTML, which takes in all up to the next.
    private var hasHTML = false
    private var mayDefine = true
    private var hasTooManyContainers = false
    private var paragraphs = PieceCost()

    init(limits: ParsingLimits) { self.limits = limits }

    /// The cost of parsing the piece that is open.
    var cost: Int { hasTooManyContainers ? .max : paragraphs.total }

    /// Whether the piece that is open is a list or the like, which goes on behind a blank line; then `take` decides on the
    /// next line by its first byte, unless that is one of those that need the rest.
    func isCertainlyNew(_ first: UInt8) -> Bool {
        guard case .text = phase, isAfterBlank, !isEmpty else { return false }
        return !first.isBlank && !first.isDigit && first != UInt8(ascii: "-") && first != UInt8(ascii: "+")
            && first != UInt8(ascii: "*") && first != .lineFeed
    }

    /// Whether `line`, of which more may come, may begin another piece: `take` may say to cut before it when it is complete.
    func mayBeginPiece(_ line: Line) -> Bool {
        let shape = LineShape(line)
        switch phase {
        case .html: return false
        case .fence(let open): guard open.isLeft(by: shape) else { return false }
        case .text: break
        }
        guard !isEmpty, !shape.isEmpty else { return false }
        return shape.isHeading || shape.isFence || isAfterBlank && shape.indent == 0 && !shape.isItem
    }

    /// Begins another piece.
    mutating func reset() { self = BlockRule(limits: limits) }

    /// Where to cut for `line`, the next one.
    ///
    /// The caller resets at each cut: `cost` is that of the piece which ended. A line that is cut before has not been
    /// taken: it is to be given again.
    mutating func take(_ line: Line, _ definitions: inout LinkDefinitions) -> Cut {
        let shape = LineShape(line)
        switch phase {
        case .html(let html):
            paragraphs.take(line, shape)
            if html.ends(on: line) { phase = .text }
            return .nowhere
        case .fence(let open):
            if open.isLeft(by: shape) {
                phase = .text
                break
            }
            if !open.isWholePiece { paragraphs.take(line, shape) }
            guard open.isClosed(by: shape) else { return .nowhere }
            phase = .text
            return open.isWholePiece ? .behind : .nowhere
        case .text:
            break
        }
        return shape.isEmpty ? takeBlank(line, shape) : takeText(line, shape, &definitions)
    }

    private mutating func takeBlank(_ line: Line, _ shape: LineShape) -> Cut {
        guard !isEmpty else { return .nowhere }
        paragraphs.take(line, shape)
        (isAfterBlank, hasHTML, mayDefine) = (true, false, true)
        return isSticky ? .nowhere : .behind
    }

    private mutating func takeText(_ line: Line, _ shape: LineShape, _ definitions: inout LinkDefinitions) -> Cut {
        let isBeginning = !hasHTML && (shape.isHeading || shape.isFence)
        if !isEmpty, isBeginning || isAfterBlank && shape.indent == 0 && !shape.isItem { return .before }
        if shape.isItem || isEmpty && shape.indent >= 4 { isSticky = true }
        if shape.containers > limits.containers { hasTooManyContainers = true }
        if mayDefine { mayDefine = definitions.take(line) }
        let isWholePiece = isEmpty && shape.isFence
        (isEmpty, isAfterBlank) = (false, false)
        if let fence = shape.opening {
            let isInItem = shape.isItem || isSticky && shape.indent >= 2
            phase = .fence(
                OpenFence(fence: fence, isQuoted: shape.isQuoted, isInItem: isInItem, isWholePiece: isWholePiece))
            if isWholePiece { return .nowhere }
        } else if shape.first == UInt8(ascii: "<") {
            hasHTML = true
            let content = line[shape.content...]
            if let html = OpenHTML(content), !html.ends(on: content) { phase = .html(html) }
        }
        paragraphs.take(line, shape)
        return isBeginning && shape.isHeading ? .behind : .nowhere
    }
}
