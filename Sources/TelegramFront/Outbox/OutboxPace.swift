/// How fast a bot writes, as long as Telegram does not ask for less.
///
/// Telegram's FAQ names about one message a second in a chat, 20 a minute in a group and 30 a second in all. Edits count
/// here as messages do. The bursts are so small that no such span has more than it names.
public struct OutboxPace: Hashable, Sendable {
    /// Into a private chat; the FAQ allows short bursts, and most of what is sent there are edits, which are quieter.
    public var personal = Rate(burst: 20, interval: .milliseconds(300))
    /// Into a group or a channel: 20 in any minute.
    public var group = Rate(burst: 10, interval: .seconds(6))
    /// Into all chats together: 30 in any second.
    public var overall = Rate(burst: 5, interval: .milliseconds(40))
    /// How long it takes at least from one change of a progress message to the next in the same chat.
    public var progress = Duration.seconds(2)
    /// How long ``Outbox/finish()`` lets answers go on.
    public var farewell = Duration.seconds(5)

    /// The usual pace.
    public init() {}

    /// The rate of `chat`: the numbers of people are positive.
    func rate(of chat: Int64) -> Rate { chat > 0 ? personal : group }
}
