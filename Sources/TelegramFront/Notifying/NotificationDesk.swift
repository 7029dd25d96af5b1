public import Conversation

/// What a bot finds when it looks for notifications.
public struct NotificationMail: Hashable, Sendable {
    /// Those that are new or were repeated since it looked last, in the order of their changes.
    public var kept: [KeptAnnouncement]
    /// How many were dropped since somebody was told of that.
    public var dropped: Int
    /// Until when somebody wants only the urgent, in milliseconds since 1970; nil for no quiet.
    public var quietUntil: Int64?
    /// What the bot kept when it looked last; nil before the first time.
    public var state: String?

    /// Creates it from its parts.
    public init(kept: [KeptAnnouncement], dropped: Int, quietUntil: Int64?, state: String?) {
        self.kept = kept
        self.dropped = dropped
        self.quietUntil = quietUntil
        self.state = state
    }
}

/// Where a bot finds notifications, and notes how far it has told them.
///
/// A port: the database conforms. Each method is one transaction, on disk when it returns.
public protocol NotificationDesk: Sendable {
    /// What is new for `bot` since it noted something last.
    func mail(for bot: Int64) async throws -> NotificationMail

    /// What went on since `time`, in milliseconds since 1970, but for the sessions of the chat with `owner`.
    func activity(since time: Int64, exceptWith owner: Int64) async throws -> Activity

    /// Keeps what `slots` want, as ``OutboxStore/put(_:bot:)`` does, together with `state`: all of `mail` is taken in.
    func put(_ slots: [Slot], _ state: String, after mail: NotificationMail, bot: Int64) async throws -> [Slot]
}
