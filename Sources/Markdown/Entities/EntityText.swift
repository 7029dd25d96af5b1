/// A text and what its parts look like, as Telegram's Bot API takes it.
///
/// The entities of a rendered text are as Telegram wants them: in the order of their beginnings, each within the text and
/// at the bounds of graphemes, not empty, and never crossing. They neither begin nor end with white space; only a `pre`
/// may begin with that of its first line. Code holds no other entity, and only a quotation holds code.
public struct EntityText: Sendable, Equatable {
    /// The text.
    public let text: String
    /// Its entities; an outer one comes before those in it.
    public let entities: [TextEntity]
    /// Where blocks begin, in UTF-16 code units, but for the first: the best places to cut.
    let blockStarts: [Int]

    /// Renders Markdown.
    public init(_ markdown: MarkdownText) {
        var renderer = EntityRenderer()
        renderer.render(markdown.blocks)
        self = renderer.finish()
    }

    /// A text without entities; its blocks are what blank lines part.
    public init(plain text: String) {
        self.init(text: text, entities: [])
    }

    /// Creates a text from what was made of one before.
    public init(text: String, entities: [TextEntity]) {
        self.init(text: text, entities: entities, blockStarts: Self.paragraphs(of: text))
    }

    init(text: String, entities: [TextEntity], blockStarts: [Int]) {
        self.text = text
        self.entities = entities
        self.blockStarts = blockStarts
    }

    /// Whether both say and show the same, wherever their blocks begin.
    public static func == (left: EntityText, right: EntityText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8) && left.entities == right.entities
    }

    private static func paragraphs(of text: String) -> [Int] {
        var starts: [Int] = []
        var (units, feeds) = (0, 0)
        for byte in text.utf8 {
            if byte == .lineFeed {
                feeds += 1
            } else if byte != .carriageReturn {
                if feeds > 1 { starts.append(units) }
                feeds = 0
            }
            units += byte.utf16Units
        }
        return starts
    }
}

extension UInt8 {
    /// How many UTF-16 code units a scalar has, counted at the first byte of its UTF-8.
    var utf16Units: Int { self & 0xC0 == 0x80 ? 0 : self < 0xF0 ? 1 : 2 }
}
