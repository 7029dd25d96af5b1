/// A press of one of the bot's buttons.
public struct ButtonPress: Hashable, Sendable, Codable {
    /// What it is answered under, within minutes.
    public var id: String
    /// Who pressed.
    public var from: BotUser
    /// The message with the button; without text when it is old, nil for messages that are none of the bot's chats.
    public var message: Holder?
    /// What the button carries; may be forged.
    public var data: String?

    /// The message that holds a button.
    public struct Holder: Hashable, Sendable, Codable {
        /// Its number within its chat.
        public var id: Int64
        /// Where it is.
        public var chat: BotChat
        /// Its topic.
        public var threadID: Int64?
        /// Whether ``threadID`` is that of a forum's topic.
        public var isTopicMessage: Bool?

        private enum CodingKeys: String, CodingKey {
            case chat
            case id = "message_id"
            case threadID = "message_thread_id"
            case isTopicMessage = "is_topic_message"
        }
    }
}

/// What became of the bot in a chat.
public struct ChatMembership: Hashable, Sendable, Codable {
    /// The chat.
    public var chat: BotChat
    /// Who did it.
    public var from: BotUser
    /// What the bot is there now.
    public var now: Standing

    private enum CodingKeys: String, CodingKey {
        case chat, from
        case now = "new_chat_member"
    }

    /// What somebody is in a chat.
    public struct Standing: Hashable, Sendable, Codable {
        /// Such as `member`, `left`, `kicked`.
        public var status: String
    }

    /// Whether the bot can no longer write there.
    public var isOut: Bool { now.status == "left" || now.status == "kicked" }
}
