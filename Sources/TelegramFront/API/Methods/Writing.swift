/// The message that is answered.
struct ReplyParameters: Hashable, Sendable, Codable {
    var message_id: Int64
    /// Otherwise a deleted question would keep its answer from being sent.
    var allow_sending_without_reply = true
}

/// Whether the first link of a message is shown as a picture.
struct LinkPreview: Hashable, Sendable, Codable { var is_disabled = true }

/// Writes a message.
struct SendMessage: BotMethod {
    typealias Answer = SentMessage
    static let name = "sendMessage"
    var chat_id: Int64
    var message_thread_id: Int64?
    var text: String
    var entities: [BotEntity]?
    var disable_notification: Bool?
    var reply_parameters: ReplyParameters?
    var reply_markup: ButtonRows?
    var link_preview_options = LinkPreview()
}

/// Replaces the text of a message of the bot.
struct EditMessageText: BotMethod {
    typealias Answer = Edited
    static let name = "editMessageText"
    var chat_id: Int64
    var message_id: Int64
    var text: String
    var entities: [BotEntity]?
    /// Without it the message loses its buttons.
    var reply_markup: ButtonRows?
    var link_preview_options = LinkPreview()
}

/// Puts a file in the place of a message.
struct EditMessageMedia: BotMethod {
    typealias Answer = Edited
    static let name = "editMessageMedia"
    var chat_id: Int64
    var message_id: Int64
    var media: Media
    var reply_markup: ButtonRows?
    var upload: BotUpload

    private enum CodingKeys: CodingKey { case chat_id, message_id, media, reply_markup }

    struct Media: Hashable, Sendable, Codable {
        var type = "document"
        var media: String
        var caption: String?
    }

    var files: [BotUpload] { [upload] }
}

/// Sends a file.
struct SendDocument: BotMethod {
    typealias Answer = SentMessage
    static let name = "sendDocument"
    var chat_id: Int64
    var message_thread_id: Int64?
    var document: String
    var caption: String?
    var disable_notification: Bool?
    var reply_parameters: ReplyParameters?
    var reply_markup: ButtonRows?
    var upload: BotUpload

    private enum CodingKeys: CodingKey {
        case chat_id, message_thread_id, document, caption, disable_notification, reply_parameters, reply_markup
    }

    var files: [BotUpload] { [upload] }
}

/// Says that somebody writes; lasts 5 s at most.
struct SendChatAction: BotMethod {
    typealias Answer = Bool
    static let name = "sendChatAction"
    var chat_id: Int64
    var message_thread_id: Int64?
    var action = "typing"
}

/// A message that was written.
struct SentMessage: Decodable, Hashable, Sendable { var message_id: Int64 }

/// Telegram tells the message, or just that it is one of somebody else's.
struct Edited: Decodable, Sendable {
    init(from decoder: any Decoder) throws {}
}
