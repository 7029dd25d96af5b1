/// What the bot showed itself doing.
public struct ChatAction: Hashable, Sendable {
    /// Where.
    public var chat: Int
    /// In which topic.
    public var topic: Int?
    /// `typing` and so on.
    public var action: String
    /// When, in seconds since 1970.
    public var time: Double
}
