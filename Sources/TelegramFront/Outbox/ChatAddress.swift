/// Where in Telegram something is written.
public struct ChatAddress: Hashable, Sendable, Codable {
    /// The chat.
    public var chat: Int64
    /// The topic of a forum; nil for the general one and where there are none.
    public var topic: Int64?

    /// Creates an address.
    public init(chat: Int64, topic: Int64? = nil) {
        self.chat = chat
        self.topic = topic
    }
}
