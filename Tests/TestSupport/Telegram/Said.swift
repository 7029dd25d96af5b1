/// A message of a person, as the server counts it.
public struct Said: Hashable, Sendable {
    /// The message's number in its chat.
    public var message: Int
    /// The update that tells the bot; `nil` when it is not told.
    public var update: Int?
}
