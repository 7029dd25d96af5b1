public import Conversation
import GRDB

/// Up to where the events of a session were turned into messages at an address.
public struct CursorRow: Hashable, Sendable {
    /// Whose events.
    public var session: SessionID
    /// Where the messages are.
    public var chat: Int64
    /// The topic in the chat; nil for none.
    public var topic: Int64?
    /// The last event whose messages are kept.
    public var cursor: Conversation.Cursor
    /// Behind this all messages can be made anew, which lead to the same ones; not after ``cursor``.
    public var resume: Conversation.Cursor
    /// The last event of the session when the chat was taken to another one.
    public var awaited: Conversation.Cursor

    /// Creates a row.
    ///
    /// Messages are made anew behind `resume`, behind `cursor` itself when nothing is said.
    public init(
        session: SessionID, chat: Int64, topic: Int64? = nil, cursor: Conversation.Cursor,
        resume: Conversation.Cursor? = nil, awaited: Conversation.Cursor = .start
    ) {
        self.resume = resume ?? cursor
        self.awaited = awaited
        self.session = session
        self.chat = chat
        self.topic = topic
        self.cursor = cursor
    }
}

extension CursorRow {
    init(_ row: Row) {
        let topic: Int64 = row["topic"]
        self.init(
            session: SessionID(rawValue: row["session"]), chat: row["chat"], topic: topic == 0 ? nil : topic,
            cursor: Cursor(rawValue: row["cursor"]), resume: Cursor(rawValue: row["resume"]),
            awaited: Cursor(rawValue: row["awaited"]))
    }
}
