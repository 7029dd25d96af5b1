/// One event of one session, at its place.
public struct Record: Hashable, Sendable {
    /// The place of a durable event; of a passing one, the place of the last durable event before it.
    public var cursor: Cursor
    /// Whose event it is.
    public var session: SessionID
    /// When the core took it in.
    public var time: Timestamp
    /// What happened.
    public var event: Event

    /// Creates a record from its parts.
    public init(cursor: Cursor, session: SessionID, time: Timestamp, event: Event) {
        self.cursor = cursor
        self.session = session
        self.time = time
        self.event = event
    }
}
