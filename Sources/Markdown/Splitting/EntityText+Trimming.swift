extension EntityText {
    /// The text as it is shown: without white space at either end, where Telegram would cut it off; nil when there is
    /// nothing else.
    ///
    /// White space at the beginning of code is kept, as Telegram does.
    public var trimmed: EntityText? {
        let bytes = Array(text.utf8)
        let end = Blanks.endBefore(bytes, 0..<bytes.count)
        var start = Blanks.startBehind(bytes, 0..<end)
        guard start < end else { return nil }
        var skipped = bytes[..<start].reduce(0) { $0 + $1.utf16Units }
        if let first = entities.first, first.offset < skipped {
            // Only blanks, of one byte and one unit each, stand at the beginning of an entity.
            start -= skipped - first.offset
            skipped = first.offset
        }
        return EntityText(
            text: String(decoding: bytes[start..<end], as: UTF8.self),
            entities: entities.map { TextEntity($0.kind, offset: $0.offset - skipped, length: $0.length) },
            blockStarts: blockStarts.map { $0 - skipped }.filter { $0 > 0 })
    }
}
