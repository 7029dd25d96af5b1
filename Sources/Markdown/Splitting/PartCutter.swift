/// Finds where the parts of a text end, and makes them.
struct PartCutter {
    let bytes: [UInt8]
    private let blockStarts: [Int]
    private let limits: Splitter
    /// Where the last visible grapheme begins, if white space follows: a later cut would leave that alone.
    private let lastVisible: Int

    init(_ text: EntityText, limits: Splitter) {
        bytes = Array(text.text.utf8)
        blockStarts = text.blockStarts
        self.limits = limits
        let visible = Blanks.endBefore(bytes, 0..<bytes.count)
        guard visible < bytes.count else {
            lastVisible = bytes.count
            return
        }
        lastVisible = Self.lastGrapheme(in: bytes, max(0, visible - 4 * limits.length)..<visible)
    }

    /// Where the part that begins at `start` ends; at most at `limit`, in UTF-16.
    func end(ofPartAt start: TextPlace, before limit: Int?) -> TextPlace {
        let most = min(start.unit + limits.length, limit ?? .max)
        let scan = Scan(bytes, from: start, to: most, blockStarts)
        if scan.end.byte == bytes.count { return scan.end }
        let last = lastVisible > start.byte && lastVisible < scan.end.byte ? lastVisible : nil
        if let last { return choose(Scan(bytes, from: start, to: most, toByte: last, blockStarts), start) }
        return choose(scan, start)
    }

    private func choose(_ scan: Scan, _ start: TextPlace) -> TextPlace {
        let quarter = start.unit + max((scan.end.unit - start.unit) / 4, 1)
        let half = start.unit + max((scan.end.unit - start.unit) / 2, 1)
        if let block = scan.block, block.unit >= quarter { return block }
        if let line = scan.line, line.unit >= quarter { return line }
        if let word = scan.word, word.unit >= half, isBound(word.byte, from: start.byte) { return word }
        return graphemeBound(at: scan.end, from: start)
    }

    /// The last bound of graphemes up to `place`; `place` itself when one grapheme goes on all the way.
    private func graphemeBound(at place: TextPlace, from start: TextPlace) -> TextPlace {
        guard !isBound(place.byte, from: start.byte) else { return place }
        let byte = Self.lastGrapheme(in: bytes, start.byte..<scalarEnd(place.byte))
        guard byte > start.byte else { return place }
        return TextPlace(byte: byte, unit: place.unit - bytes[byte..<place.byte].reduce(0) { $0 + $1.utf16Units })
    }

    private func isBound(_ byte: Int, from start: Int) -> Bool {
        if byte >= bytes.count { return true }
        if bytes[byte] < 0x80, bytes[byte - 1] < 0x80 {
            return bytes[byte] != .lineFeed || bytes[byte - 1] != .carriageReturn
        }
        return Self.lastGrapheme(in: bytes, start..<scalarEnd(byte)) == byte
    }

    private func scalarEnd(_ byte: Int) -> Int {
        var end = byte + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    private static func lastGrapheme(in bytes: [UInt8], _ range: Range<Int>) -> Int {
        var start = range.lowerBound
        while start < range.upperBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
        let text = String(decoding: bytes[start..<range.upperBound], as: UTF8.self)
        return start + (text.last.map { text.utf8.count - $0.utf8.count } ?? 0)
    }

    /// The part between two places; `entities` are cut at both already.
    func part(_ start: TextPlace, _ end: TextPlace, _ entities: [TextEntity]) -> EntityText {
        let range = start.byte..<end.byte
        let text = String(decoding: bytes[range], as: UTF8.self)
        let visibleEnd = Blanks.endBefore(bytes, range)
        let visibleStart = Blanks.startBehind(bytes, start.byte..<visibleEnd)
        var codeStart = visibleStart
        while codeStart > start.byte, bytes[codeStart - 1].isBlank { codeStart -= 1 }
        let last = end.unit - start.unit - bytes[visibleEnd..<end.byte].reduce(0) { $0 + $1.utf16Units }
        let first = bytes[start.byte..<visibleStart].reduce(0) { $0 + $1.utf16Units }
        let codeFirst = first - (visibleStart - codeStart)
        let own = entities.compactMap { entity -> TextEntity? in
            let isBlock = if case .pre = entity.kind { true } else { false }
            let from = max(entity.offset - start.unit, isBlock ? codeFirst : first)
            let to = min(entity.end - start.unit, last)
            return from < to ? TextEntity(entity.kind, offset: from, length: to - from) : nil
        }
        return EntityText(text: text, entities: own, blockStarts: [])
    }
}
