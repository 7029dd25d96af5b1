/// A file that came with a message.
struct SentFile: Hashable, Sendable {
    /// What it was sent as.
    enum Kind: String, Hashable, Sendable {
        case document, photo, audio, video
    }

    /// What is not taken, in words for people.
    enum Refused: String, Hashable, Sendable {
        case voice = "voice messages"
        case videoNote = "round video messages"
        case sticker = "stickers"
    }

    var kind: Kind
    var file: BotFile
    /// The number of its message in its chat.
    var message: Int64

    /// The file of `message`; nil when there is none that is taken.
    ///
    /// Animations come as documents as well.
    init?(of message: BotMessage) {
        self.message = message.id
        if let document = message.document {
            (kind, file) = (.document, document)
        } else if let photo = message.photo.flatMap(Self.largest) {
            (kind, file) = (.photo, photo)
        } else if let audio = message.audio {
            (kind, file) = (.audio, audio)
        } else if let video = message.video {
            (kind, file) = (.video, video)
        } else {
            return nil
        }
    }

    /// What of `message` is not taken; nil for nothing.
    static func refused(of message: BotMessage) -> Refused? {
        if message.voice != nil { return .voice }
        if message.videoNote != nil { return .videoNote }
        return message.sticker == nil ? nil : .sticker
    }

    /// The name on disk, in what is said to `bot` in `chat`.
    func shelfName(in chat: Int64, of bot: Int64) -> ShelfName {
        ShelfName(file.name ?? kind.usualName, file: file.uniqueID, message: message, chat: chat, bot: bot)
    }

    /// What people call it: its kind, and the name that its sender gave it.
    var shown: String {
        guard let name = file.name else { return kind.rawValue }
        let line = VisibleText(name).text.oneLine(120).replacing("\"", with: "'")
        return "\(kind.rawValue) \"\(line)\""
    }

    /// The largest that can be fetched, else the largest of all.
    private static func largest(_ sizes: [BotFile]) -> BotFile? {
        sizes.last { ($0.size ?? 0) <= BotAPI.fetchLimit } ?? sizes.last
    }
}

extension SentFile.Kind {
    /// For files without a name.
    fileprivate var usualName: String {
        switch self {
        case .document: "document"
        case .photo: "photo.jpg"
        case .audio: "audio"
        case .video: "video.mp4"
        }
    }
}
