/// In which form a message's content is sent: as it is, or as what is left when Telegram does not take that.
enum Form: Hashable, Sendable {
    case full
    /// Without entities.
    case plain
    /// Without entities and buttons.
    case bare
    /// The text as a file.
    case document
    /// In place of a file that does not go: what is written under it, and its name.
    case notice

    /// How a text is called that is sent as a file.
    static let fileName = "answer.md"
    /// What is said of a file of this machine that did not go.
    static let missed = "The file was not sent: it has gone, may not leave any more, or Telegram does not take it."

    /// The next one to try after Telegram refused this one for `content`; nil when there is none.
    ///
    /// A progress message is not worth a file.
    func following(_ refusal: BotError.Refusal, for content: SlotContent, isProgress: Bool) -> Form? {
        let forms: [Form] =
            if content.document != nil {
                [.full, .notice]
            } else {
                [.full] + (content.entities.isEmpty ? [] : [.plain]) + (content.buttons.isEmpty ? [] : [.bare])
                    + (isProgress ? [] : [.document])
            }
        guard let index = forms.firstIndex(of: self), let last = forms.last, self != last else { return nil }
        return refusal == .tooLong ? (last == .bare || last == .plain ? nil : last) : forms[index + 1]
    }

    /// What a method is to be told about `content`.
    func parcel(_ content: SlotContent) -> Parcel {
        let rows = content.buttons.map { row in
            row.map { ButtonRows.Button(text: $0.title, callback_data: $0.carries) }
        }
        let buttons = rows.isEmpty || self == .bare ? nil : ButtonRows(inline_keyboard: rows)
        let isMarked = self == .full && !content.entities.isEmpty
        switch self {
        case .full, .plain, .bare:
            guard let document = content.document else {
                return .text(content.text, entities: isMarked ? content.entities : nil, buttons)
            }
            let bytes: BotUpload.Content = document.path.map { .path($0) } ?? .bytes(Array(content.text.utf8))
            let upload = BotUpload(name: Parcel.partName, fileName: document.fileName, content: bytes)
            return .file(upload, caption: document.caption.isEmpty ? nil : document.caption, buttons)
        case .document:
            let bytes = BotUpload.Content.bytes(Array(content.text.utf8))
            // Buttons may be what was refused.
            return .file(BotUpload(name: Parcel.partName, fileName: Self.fileName, content: bytes), caption: nil, nil)
        case .notice:
            let words = [content.document?.caption ?? "", "📎 \(content.document?.fileName ?? "")"]
            let why = content.document?.path == nil ? "" : "\n" + Self.missed
            return .text(words.filter { !$0.isEmpty }.joined(separator: "\n") + why, entities: nil, buttons)
        }
    }
}

/// A content in the terms of the Bot API.
enum Parcel: Hashable, Sendable {
    case text(String, entities: [BotEntity]?, ButtonRows?)
    case file(BotUpload, caption: String?, ButtonRows?)

    /// How the parameters call a file that goes with them.
    static let partName = "file"
}
