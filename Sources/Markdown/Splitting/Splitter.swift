/// Cuts a text with entities into parts that each fit in one message.
///
/// The texts of the parts joined are the text. Cut is between blocks, else between lines, else behind a word, else between
/// graphemes; a grapheme longer than a part is cut between scalars. White space at a cut stays at the end of the part
/// before it, so that no part is white space alone unless there is more of that in one place than a part holds. An entity
/// goes on in the next part as the same entity: code in its language, a quotation as a quotation.
public struct Splitter: Sendable {
    /// Of a part, in UTF-16 code units.
    public let length: Int
    /// How many entities a part may have.
    public let entities: Int

    /// A splitter with Telegram's limits, unless others are given.
    ///
    /// A scalar has to fit, so `length` is at least 2.
    public init(length: Int = 4_096, entities: Int = 100) {
        self.length = max(length, 2)
        self.entities = max(entities, 1)
    }

    /// The parts of `text`, each as long as is sensible; none for an empty one.
    public func parts(of text: EntityText) -> [EntityText] {
        let cutter = PartCutter(text, limits: self)
        var entities = EntityCursor(text.entities)
        var parts: [EntityText] = []
        var start = TextPlace()
        while start.byte < cutter.bytes.count {
            entities.move(to: start.unit)
            let end = cutter.end(ofPartAt: start, before: entities.limit(for: self.entities))
            parts.append(cutter.part(start, end, entities.clipped(to: self.entities, before: end.unit)))
            start = end
        }
        return parts
    }

    /// The parts of a text without entities, by the same rules; its blocks are what blank lines part.
    public func parts(ofPlain text: String) -> [String] { parts(of: EntityText(plain: text)).map(\.text) }
}
