import Markdown

/// A text in a chat: in several messages, or as its beginning and a file with all of it.
struct LongText {
    /// The messages' content.
    let parts: [SlotContent]
    /// The file; nil where the messages hold everything.
    let file: SlotContent?

    /// Shows `text`; `source` is what the file holds, under `fileName`.
    init(_ text: MessageText, source: String, fileName: String) {
        let parts = text.parts
        guard parts.count > MessageText.mostParts else {
            self.parts = parts
            file = nil
            return
        }
        let length = "\(source.count) characters"
        self.parts = [
            text.beginning(above: "… This is the beginning: all of it, \(length), is in the file \(fileName).")
        ]
        let document = SlotContent.Document(fileName: fileName, caption: MessageText.caption("All of it, \(length)"))
        file = SlotContent(source, document: document)
    }

    /// The messages under keys made of `first`, and the second and further ones of `more`: `more/2`, `more/file`.
    func slots(_ first: String, _ more: String, in context: ViewContext, replyTo: Int64? = nil) -> [Slot] {
        let messages = parts.enumerated().map { index, content in
            context.slot(index == 0 ? first : "\(more)/\(index + 1)", content, replyTo: index == 0 ? replyTo : nil)
        }
        return messages + (file.map { [context.slot("\(more)/file", $0)] } ?? [])
    }
}
