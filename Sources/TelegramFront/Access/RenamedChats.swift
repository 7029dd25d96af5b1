/// The groups that go on under another number, as Telegram does when a group becomes a supergroup.
///
/// What is written goes to the newest number. Conversations, and the names of their messages, keep the first one that was
/// known, so that they are the same before and after.
public struct RenamedChats: Hashable, Sendable {
    private let newest: [Int64: Int64]
    private let originals: [Int64: Int64]

    /// None by default; `newest` is by the old number, and `originals` by the newest one.
    public init(newest: [Int64: Int64] = [:], originals: [Int64: Int64] = [:]) {
        self.newest = newest
        self.originals = originals
    }

    /// How `chat` is called now.
    public func newest(of chat: Int64) -> Int64 { newest[chat] ?? chat }

    /// How `chat` was called at first.
    public func original(of chat: Int64) -> Int64 {
        let newest = newest(of: chat)
        return originals[newest] ?? newest
    }
}
