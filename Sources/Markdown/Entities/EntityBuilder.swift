/// Puts a text with entities together; all positions are in UTF-8 until the end.
struct EntityBuilder {
    private struct Draft {
        let kind: TextEntity.Kind
        var start: Int
        var end: Int
    }

    /// The text so far.
    private(set) var bytes: [UInt8] = []
    /// In the order in which they were opened; those that are open or came to nothing have no length.
    private var drafts: [Draft] = []
    private var open: [Int] = []
    private var blockStarts: [Int] = []

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes += $0 }
    }

    mutating func noteBlock() { blockStarts.append(bytes.count) }

    func has(_ kind: TextEntity.Kind) -> Bool { open.contains { drafts[$0].kind == kind } }

    var isInLink: Bool {
        open.contains { if case .textLink = drafts[$0].kind { true } else { false } }
    }

    mutating func open(_ kind: TextEntity.Kind) {
        open.append(drafts.count)
        drafts.append(Draft(kind: kind, start: bytes.count, end: bytes.count))
    }

    /// Closes what was opened last.
    mutating func close() {
        guard let index = open.popLast() else { return }
        let beginning = drafts[index].start
        let end = Blanks.endBefore(bytes, beginning..<bytes.count)
        var start = Blanks.startBehind(bytes, beginning..<end)
        if case .pre = drafts[index].kind {
            // The blanks before code are part of it.
            while start > beginning, bytes[start - 1].isBlank { start -= 1 }
        }
        (drafts[index].start, drafts[index].end) = (start, end)
    }

    /// Appends code, which nothing but a quotation may hold: what else is open ends before it and goes on behind it.
    mutating func appendCode(_ code: String, as kind: TextEntity.Kind, isAlone: Bool = false) {
        let interrupted = open.map { drafts[$0].kind }.drop { !isAlone && $0 == .blockquote }
        for _ in interrupted { close() }
        open(kind)
        append(code)
        close()
        for kind in interrupted { open(kind) }
    }

    /// The text without white space at its end.
    func finish() -> EntityText {
        let end = Blanks.endBefore(bytes, 0..<bytes.count)
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        let drafts = drafts.filter { $0.start < $0.end }
        let starts = blockStarts.filter { $0 < end }
        let positions = TextPositions(of: drafts.map(\.start) + drafts.map(\.end) + starts, in: text)
        let entities = drafts.compactMap { draft -> TextEntity? in
            let end = positions[draft.end]
            var start = positions[draft.start]
            if positions.isMoved(draft.start) { start = Self.startBehindBlanks(text, start..<max(start, end)) }
            return start < end ? TextEntity(draft.kind, offset: start, length: end - start) : nil
        }
        return EntityText(
            text: text, entities: entities.inOrder, blockStarts: starts.map { positions[$0] })
    }

    /// An accent makes the blank before it visible.
    private static func startBehindBlanks(_ text: String, _ range: Range<Int>) -> Int {
        let start = text.utf16.index(text.startIndex, offsetBy: range.lowerBound)
        let blanks = text[start...].prefix(range.count).prefix { $0.isWhitespace && $0.unicodeScalars.count == 1 }
        return min(range.lowerBound + blanks.utf16.count, range.upperBound)
    }
}

extension [TextEntity] {
    /// By where they begin; of those that begin together, the longer first, and else as they were.
    fileprivate var inOrder: [TextEntity] {
        // As a rule they are in order already.
        guard zip(self, dropFirst()).contains(where: { ($0.offset, -$0.length) > ($1.offset, -$1.length) }) else {
            return self
        }
        return enumerated().sorted {
            ($0.element.offset, -$0.element.length, $0.offset) < ($1.element.offset, -$1.element.length, $1.offset)
        }.map(\.element)
    }
}
