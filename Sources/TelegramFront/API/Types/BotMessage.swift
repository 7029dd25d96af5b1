/// A message as Telegram tells it.
public struct BotMessage: Hashable, Sendable, Codable {
    /// Its number within its chat; 0 while it is only scheduled.
    public var id: Int64
    /// When it was written, in seconds since 1970.
    public var date: Int64
    /// Where it was written.
    public var chat: BotChat
    /// Who wrote it; nil in channels.
    public var from: BotUser?
    /// The chat in whose name it was written: an anonymous administrator's group, or a channel.
    public var senderChat: BotChat?
    /// The topic; also set for plain replies in groups, see ``isInTopic``.
    public var threadID: Int64?
    /// Whether ``threadID`` is that of a forum's topic.
    public var isTopicMessage: Bool?
    /// What was written.
    public var text: String?
    /// What is marked in the text.
    public var entities: [BotEntity]?
    /// What was written under a file.
    public var caption: String?
    /// What is marked in the caption.
    public var captionEntities: [BotEntity]?
    /// The message that it answers.
    public var replyTo: Replied?
    /// Set when somebody else had written it first.
    public var forwardOrigin: ForwardOrigin?
    /// A file.
    public var document: BotFile?
    /// A picture in several sizes, the largest last.
    public var photo: [BotFile]?
    /// A piece of music, or the like.
    public var audio: BotFile?
    /// A film.
    public var video: BotFile?
    /// What was spoken into the telephone.
    public var voice: BotFile?
    /// A short round film.
    public var videoNote: BotFile?
    /// A sticker.
    public var sticker: BotFile?
    /// The album that it belongs to: several messages that people see as one.
    public var albumID: String?
    /// The other messages that belong to it, of its album or pieces of its text, in order, once it is settled which are dealt
    /// with together; nil before, and for what is by itself.
    ///
    /// Telegram never tells it.
    public var others: [BotMessage]?
    /// The group's id from now on.
    public var migratedTo: Int64?
    /// The group's id up to now, as the first message under the new one tells.
    public var migratedFrom: Int64?

    private enum CodingKeys: String, CodingKey {
        case date, chat, from, text, entities, caption, document, photo, audio, video, voice, sticker
        case id = "message_id"
        case senderChat = "sender_chat"
        case threadID = "message_thread_id"
        case isTopicMessage = "is_topic_message"
        case captionEntities = "caption_entities"
        case replyTo = "reply_to_message"
        case forwardOrigin = "forward_origin"
        case videoNote = "video_note"
        case albumID = "media_group_id"
        case others = "cm_album"
        case migratedTo = "migrate_to_chat_id"
        case migratedFrom = "migrate_from_chat_id"
    }

    /// What is known of a message that is answered.
    public struct Replied: Hashable, Sendable, Codable {
        /// Its number within its chat.
        public var id: Int64
        /// Who wrote it.
        public var from: BotUser?

        private enum CodingKeys: String, CodingKey {
            case from
            case id = "message_id"
        }
    }

    /// Where a forwarded message came from.
    public struct ForwardOrigin: Hashable, Sendable, Codable {
        /// The kind of its first writer.
        public var type: String
    }

    /// The topic that it belongs to; nil in chats without topics and in the general one.
    public var topic: Int64? { isTopicMessage == true ? threadID : nil }

    /// The number of the message that it answers; nil for none.
    var repliesTo: Int64? {
        // In a topic, what answers nothing answers its beginning.
        replyTo.flatMap { $0.id == topic ? nil : $0.id }
    }

    /// The old and the new number of the group, where this is Telegram's word that it has got another one.
    var renaming: (old: Int64, new: Int64)? {
        if let migratedTo { return (chat.id, migratedTo) }
        return migratedFrom.map { ($0, chat.id) }
    }

    /// Whether it was written in the name of a chat and not of a person.
    public var isAnonymous: Bool { from == nil || senderChat != nil || from?.id == BotUser.anonymousAdministrator }
}

/// A stretch of a text with a meaning, in UTF-16 code units.
public struct BotEntity: Hashable, Sendable, Codable {
    /// Such as `bold`, `text_link`, `mention`, `bot_command`.
    public var type: String
    /// Where it begins.
    public var offset: Int
    /// How long it is.
    public var length: Int
    /// Where a `text_link` leads.
    public var url: String?
    /// The programming language of `pre`.
    public var language: String?

    /// Creates an entity.
    public init(type: String, offset: Int, length: Int, url: String? = nil, language: String? = nil) {
        self.type = type
        self.offset = offset
        self.length = length
        self.url = url
        self.language = language
    }

    /// What it marks in `text`; nil where it lies outside.
    public func marked(in text: String) -> String? {
        let units = text.utf16
        // Not their sum, which may be no number any more.
        guard offset >= 0, length >= 0, offset <= units.count, length <= units.count - offset else { return nil }
        let start = units.index(units.startIndex, offsetBy: offset)
        return String(units[start..<units.index(start, offsetBy: length)])
    }
}

/// A file at Telegram.
public struct BotFile: Hashable, Sendable, Codable {
    /// How this bot asks for it.
    public var id: String
    /// The same for the same file, whoever asks for it and whenever; nil where it is not told.
    public var uniqueID: String?
    /// What the sender calls it; nil for pictures.
    public var name: String?
    /// Its kind, as the sender says.
    public var type: String?
    /// In bytes; nil where it is not told.
    public var size: Int64?

    private enum CodingKeys: String, CodingKey {
        case id = "file_id"
        case uniqueID = "file_unique_id"
        case name = "file_name"
        case type = "mime_type"
        case size = "file_size"
    }
}
