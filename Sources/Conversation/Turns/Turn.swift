/// One message being worked on, and all that answers it.
public struct Turn: Hashable, Sendable {
    /// Names a turn: the cursor under which it started.
    public struct ID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The number of the cursor.
        public var rawValue: Int64

        /// Takes `rawValue` as it is.
        public init(rawValue: Int64) { self.rawValue = rawValue }

        /// `t` and the number, as scripts see it.
        public var description: String { "t\(rawValue)" }
    }

    /// Which turn it is.
    public var id: ID
    /// The message that it answers.
    public var message: Message.ID
    /// What was said, by whom and from where.
    public var request: Message
    /// Counts from 1; more when the message runs again.
    public var attempt: Int
    /// What the stages came to that a crash did not hit, when the message runs again.
    ///
    /// Not kept with the turn.
    public var progress: [StageReport]
    /// How many of the attempts before it were cut off in good order, and are no crashes.
    ///
    /// Not kept with the turn.
    public var spared: Int

    /// Creates a turn for a message that waited.
    public init(id: ID, _ waiting: SessionState.Waiting) {
        self.id = id
        message = waiting.id
        request = waiting.message
        attempt = waiting.attempt
        progress = waiting.progress
        spared = waiting.spared
    }

    /// What was said.
    public var text: String { request.text }
    /// Who said it.
    public var author: String { request.author }
    /// Where it was said.
    public var origin: Message.Origin { request.origin }
    /// The front that handed the message in; see ``Message/sender``.
    public var sender: String { request.sender }
}
