import Markdown

/// A text for a chat, in as many messages as it takes.
struct MessageText {
    /// How long a message may be, in UTF-16 code units.
    static let longest = 4_096
    /// How many entities of a message count.
    static let mostEntities = 100
    /// How long the text under a file may be, in UTF-16 code units.
    static let longestCaption = 1_024
    /// How long the answer to the press of a button may be, in UTF-16 code units.
    static let longestToast = 200
    /// A text in more messages than this is sent as its beginning and a file.
    static let mostParts = 6

    /// What people read.
    let text: EntityText

    /// Reads `source` as Markdown.
    init(markdown source: String) { text = EntityText(MarkdownText(source)) }

    /// Takes `source` as it is.
    init(plain source: String) { text = EntityText(plain: source) }

    /// Takes `source` as it is, in letters of one width.
    init(code source: String, language: String? = nil) {
        var builder = MessageDraft()
        builder.add(source, as: .pre(language: language))
        text = EntityText(text: builder.text, entities: builder.marks)
    }

    /// Takes what was rendered before.
    init(_ text: EntityText) { self.text = text }

    /// The messages: all of the text but white space where it was cut; none when there is nothing to see.
    var parts: [SlotContent] {
        guard !text.text.isInvisible else { return [] }
        return Splitter(length: Self.longest, entities: Self.mostEntities).parts(of: text)
            .filter { !$0.text.isInvisible }.map { SlotContent($0) }
    }

    /// The first message, when `line` is to be read under it.
    func beginning(above line: String) -> SlotContent {
        let length = max(Self.longest - line.utf16.count - 2, 2)
        let parts = Splitter(length: length, entities: Self.mostEntities).parts(of: text)
        let first = parts.first { !$0.text.isInvisible }
        guard let shown = first?.trimmed else { return SlotContent(line) }
        return SlotContent(EntityText(text: shown.text + "\n\n" + line, entities: shown.entities))
    }

    /// `text` under a file.
    static func caption(_ text: String) -> String { text.clipped(longestCaption) }

    /// `text` in answer to the press of a button.
    static func toast(_ text: String) -> String { text.clipped(longestToast) }
}

extension SlotContent {
    /// What a rendered text shows that fits into one message; a sign that there is nothing where it shows nothing.
    init(_ text: EntityText, buttons: [[Button]] = []) {
        guard let shown = text.trimmed, !shown.text.isInvisible else {
            self.init("…", buttons: buttons)
            return
        }
        let length = shown.text.utf16.count
        // What ends in something invisible has lost that.
        let entities = shown.entities.compactMap { entity -> BotEntity? in
            let (start, end) = (max(entity.offset, 0), min(entity.end, length))
            return start < end ? BotEntity(TextEntity(entity.kind, offset: start, length: end - start)) : nil
        }
        self.init(shown.text, entities: entities, buttons: buttons)
    }
}

extension BotEntity {
    /// The entity as the Bot API has it.
    init(_ entity: TextEntity) {
        self.init(type: entity.kind.name, offset: entity.offset, length: entity.length)
        switch entity.kind {
        case .textLink(let url): self.url = url
        case .pre(let language): self.language = language
        case .bold, .italic, .strikethrough, .code, .blockquote: break
        }
    }
}
