import Markdown

/// A message that is put together from pieces, of which some look in a certain way.
struct MessageDraft {
    private(set) var text = ""
    /// How parts of it look.
    private(set) var marks: [TextEntity] = []
    /// In UTF-16 code units.
    private(set) var length = 0

    /// Begins with nothing.
    init() {}

    /// Adds a piece as it is.
    mutating func add(_ piece: String) {
        text += piece
        length += piece.utf16.count
    }

    /// Adds a piece that looks like `kind`, which must not hold white space at its ends.
    mutating func add(_ piece: String, as kind: TextEntity.Kind) {
        let start = length
        add(piece)
        let lead = piece.prefix(while: \.isWhitespace).utf16.count
        let trail = piece.reversed().prefix(while: \.isWhitespace).reduce(0) { $0 + $1.utf16.count }
        let count = length - start - lead - trail
        if count > 0 { marks.append(TextEntity(kind, offset: start + lead, length: count)) }
    }

    /// Begins a new line, unless nothing was written yet.
    mutating func addLine(_ feeds: Int = 1) {
        if !text.isEmpty { add(String(repeating: "\n", count: feeds)) }
    }

    /// What was put together, within the limits of a message.
    func content(buttons: [[SlotContent.Button]] = []) -> SlotContent {
        let whole = EntityText(text: text, entities: marks)
        guard length > MessageText.longest || marks.count > MessageText.mostEntities else {
            return SlotContent(whole, buttons: buttons)
        }
        // The pieces have bounds of their own, so this is for the one nobody has thought of.
        let first = Splitter(length: MessageText.longest - 2, entities: MessageText.mostEntities).parts(of: whole).first
        let cut = first ?? EntityText(text: "", entities: [])
        return SlotContent(EntityText(text: cut.text + "\n…", entities: cut.entities), buttons: buttons)
    }
}
