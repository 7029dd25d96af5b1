public import Conversation

/// Up to where the events of a session were turned into messages at an address.
public struct ChatCursor: Hashable, Sendable {
    /// Whose events.
    public var session: SessionID
    /// Where the messages are.
    public var address: ChatAddress
    /// Behind this all messages can be made anew, which lead to the same ones.
    public var resume: Cursor
    /// The last event whose messages are kept.
    public var told: Cursor
    /// The last event of the session when the chat went elsewhere: what came up to it is for the chat.
    public var awaited: Cursor

    /// Creates a cursor.
    public init(session: SessionID, address: ChatAddress, resume: Cursor, told: Cursor, awaited: Cursor = .start) {
        self.session = session
        self.address = address
        self.resume = resume
        self.told = told
        self.awaited = awaited
    }
}

/// Where it is kept which sessions are shown where, and how far.
///
/// A port: the database conforms. Each method is one transaction, on disk when it returns.
public protocol ChatLedger: Sendable {
    /// All sessions that are shown.
    func cursors(of bot: Int64) async throws -> [ChatCursor]

    /// Keeps `cursor` where none is kept for its session and address, and returns the one that is kept.
    func begin(_ cursor: ChatCursor, bot: Int64) async throws -> ChatCursor

    /// Keeps what `slots` want, as ``OutboxStore/put(_:bot:)`` does, together with `cursor`, but for what is awaited.
    func put(_ slots: [Slot], upTo cursor: ChatCursor, bot: Int64) async throws -> [Slot]
}
