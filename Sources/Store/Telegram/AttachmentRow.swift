public import Conversation

/// The session in which a chat is that is not in its own.
public struct AttachmentRow: Hashable, Sendable {
    /// The chat.
    public var chat: Int64
    /// The topic in the chat; nil for none.
    public var topic: Int64?
    /// Where it is.
    public var session: SessionID

    /// Creates a row.
    public init(chat: Int64, topic: Int64? = nil, session: SessionID) {
        (self.chat, self.topic, self.session) = (chat, topic, session)
    }
}
