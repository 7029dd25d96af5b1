/// What the bot said to the press of a button.
public struct CallbackAnswer: Hashable, Sendable {
    /// The number of the press.
    public var query: String
    /// What the user is shown; empty for nothing.
    public var text: String
    /// Whether the user has to close it.
    public var isAlert: Bool

    /// Creates an answer.
    public init(query: String, text: String, isAlert: Bool) {
        self.query = query
        self.text = text
        self.isAlert = isAlert
    }
}
