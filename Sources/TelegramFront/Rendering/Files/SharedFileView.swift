import Conversation

/// A file that is handed over, as a document in the chat.
struct SharedFileView {
    let context: ViewContext

    /// The message for the file that was handed over at `cursor`.
    func slot(_ file: SharedFile, at cursor: Cursor) -> Slot {
        let last = file.name.split(separator: "/").last.map(String.init) ?? "file"
        let remark = file.hidesSecrets ? " · secrets are taken out" : ""
        let caption = "\(context.line(file.name, 200)) · \(FileSize(file.size))\(remark)"
        let document = SlotContent.Document(
            fileName: context.line(VisibleText(last).text, 120), path: file.path, caption: MessageText.caption(caption))
        return context.slot("f\(cursor.rawValue)", SlotContent("", document: document))
    }
}
