public import Conversation

/// Where it is kept which chats were taken to another session than their own.
///
/// A port: the database conforms. Each method is one transaction, on disk when it returns.
public protocol AttachmentLedger: Sendable {
    /// The sessions of the chats that are not in their own.
    func attachments(of bot: Int64) async throws -> [ChatAddress: SessionID]

    /// Has the chat of `cursor` be in its session from now on, and keeps what `slots` want, as
    /// ``OutboxStore/put(_:bot:)`` does.
    ///
    /// `isOwn` says that it is the chat's own one. Where a cursor is kept for that session there, it stays. Of `left`, the
    /// session in which the chat was, what is awaited is kept where a cursor is; nil for one that is not left.
    func attach(
        _ cursor: ChatCursor, isOwn: Bool, leaving left: ChatCursor?, telling slots: [Slot], bot: Int64
    ) async throws -> [Slot]

    /// The messages that are kept under keys that begin with `prefix`, in their order.
    func slots(under prefix: String, bot: Int64) async throws -> [Slot]

    /// Has the session of `cursor` no longer be shown in its chat, and keeps what `slots` want; neither when the chat
    /// is in that session again.
    ///
    /// `isOwn` says that it is the chat's own one, `isBarred` that nobody there may see it: then it is left wherever the
    /// chat is.
    func leave(
        _ cursor: ChatCursor, isOwn: Bool, isBarred: Bool, telling slots: [Slot], bot: Int64
    ) async throws -> [Slot]
}
