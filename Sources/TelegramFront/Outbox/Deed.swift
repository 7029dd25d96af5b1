/// What has to be written down or told when an errand has ended, before the next one to its chat begins.
enum Deed: Hashable, Sendable {
    case note(key: String, Slot.Stage, shown: SlotContent?)
    /// What a message should show from now on.
    case want(Slot)
    case hold(chat: Int64, until: Int64?)
    /// A chat cannot be written to, or, with nil, it can again.
    case lose(chat: Int64, ChatLoss?)
    case tell(OutboxRemark)

    /// A note of where `slot` stands.
    static func note(_ slot: Slot) -> Deed { .note(key: slot.key, slot.stage, shown: slot.shown) }
}
