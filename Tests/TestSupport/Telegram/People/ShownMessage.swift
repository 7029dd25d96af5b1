/// A message as everybody in the chat sees it now.
public struct ShownMessage: Hashable, Sendable {
    /// The number that both sides know it by, unique in its chat.
    public let id: Int
    /// Who wrote it; in channels and as an anonymous administrator, the chat did.
    public var sender: FakeUser?
    /// The chat that wrote it, for channel posts and anonymous administrators.
    public var senderChat: Int?
    /// Whether the bot under test wrote it.
    public var isByBot: Bool
    /// The text, or the caption of the file.
    public var text: String
    /// What is special in the text.
    public var entities: [ShownEntity] = []
    /// The buttons, row by row.
    public var buttons: [[ShownButton]] = []
    /// The message that it answers.
    public var replyTo: Int?
    /// The topic that it stands in; `nil` in the general one.
    public var topic: Int?
    /// The document or photo.
    public var file: ShownFile?
    /// The album that it is a part of.
    public var album: String?
    /// Whose message it repeats.
    public var forwardedFrom: FakeUser?
    /// Whether it came without a sound.
    public var isSilent = false
    /// How often its text, file or buttons were changed.
    public var edits = 0
    /// When it was written, in seconds since 1970.
    public var date: Int
    /// When it was last edited.
    public var editDate: Int?
    /// What it tells instead of a text, as `migrate_to_chat_id`; `nil` for what people write.
    public var service: String?
    /// The chat that a `service` message is about.
    var serviceChat: Int?

    /// Whether it was changed.
    public var isEdited: Bool { edits > 0 }

    /// The button with this label or, when there is none, this data.
    public func button(_ labelOrData: String) -> ShownButton? {
        let all = buttons.joined()
        return all.first { $0.label == labelOrData } ?? all.first { $0.data == labelOrData }
    }

    /// The parts of the text that are entities of `type`.
    public func parts(_ type: String) -> [String] {
        let units = Array(text.utf16)
        return entities.filter { $0.type == type && $0.end <= units.count }
            .map { String(decoding: units[$0.offset..<$0.end], as: UTF16.self) }
    }

    /// As people read it, on one line or, with its text, more.
    public var rendered: String {
        var notes: [String] = []
        if isSilent { notes.append("silent") }
        if isEdited { notes.append("edited") }
        if let topic { notes.append("topic \(topic)") }
        if let replyTo { notes.append("to #\(replyTo)") }
        if let forwardedFrom { notes.append("forwarded from \(forwardedFrom.name)") }
        let author = isByBot ? "bot" : sender?.name ?? "the chat"
        var lines = "#\(id) \(author)\(notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"): \(service ?? text)"
        if let file { lines += "\n    \(file.isPhoto ? "photo" : "document") \(file.name), \(file.size) bytes" }
        for row in buttons { lines += "\n    " + row.map { "[\($0.label)]" }.joined(separator: " ") }
        return lines
    }
}
