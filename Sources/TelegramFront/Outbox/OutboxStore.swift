/// Where the messages of a bot are kept: what is wanted, and what has become of it.
///
/// A port: the database conforms. Each method is one transaction, which survives the end of the process when it returns and
/// a loss of power soon after, and the ``Outbox`` calls one at a time, but for ``sync()``.
public protocol OutboxStore: Sendable {
    /// Keeps what `slots` want, in this order behind what is there, and returns them as they are kept now.
    ///
    /// Of one whose key is known only ``Slot/wanted`` and ``Slot/priority`` change: what was noted stays, and is returned;
    /// but one that was withdrawn is new again, or where it was placed.
    func put(_ slots: [Slot], bot: Int64) async throws -> [Slot]

    /// Whether a message with this key is kept, whatever has become of it.
    func keeps(_ slot: String, bot: Int64) async throws -> Bool

    /// The key of the message with this number in `chat`; nil for none that is kept.
    func key(of message: Int64, in chat: Int64, bot: Int64) async throws -> String?

    /// The chat and the number in it of the message with this key; nil for one that is not known to be there.
    func place(of slot: String, bot: Int64) async throws -> (chat: Int64, number: Int64)?

    /// The messages of `bot` that are due, by chat and place, and the chats that nothing may be sent to before a moment
    /// in milliseconds since 1970, and those that cannot be written to.
    ///
    /// Also those of ``Slot/Delivery/once`` that were begun and of which nothing else was noted: they are no longer due,
    /// and people should know.
    func due(of bot: Int64) async throws -> (slots: [Slot], holds: [Int64: Int64], losses: [Int64: ChatLoss])

    /// Notes how far a message has come, and what it shows.
    func note(_ stage: Slot.Stage, shown: SlotContent?, of slot: String, bot: Int64) async throws

    /// Returns when all that was noted before survives a loss of power.
    func sync() async throws

    /// Lets nothing be sent to `chat` before that moment; nil ends it.
    func hold(_ chat: Int64, until moment: Int64?, bot: Int64) async throws

    /// Notes that `chat` cannot be written to; nil when it can.
    func lose(_ chat: Int64, _ loss: ChatLoss?, bot: Int64) async throws
}
