/// One request that brings a message closer to what it should show.
struct Errand: Hashable, Sendable {
    /// What is done.
    enum Step: Hashable, Sendable {
        /// A silent placeholder is sent.
        case reserve
        /// The message with this number gets its content.
        case fill(Int64)
        /// The content is sent at once.
        case send
    }

    /// What a placeholder shows.
    static let placeholder = "…"

    var step: Step
    /// The message as it was when the errand began; what is sent is what it wanted then.
    var slot: Slot
    /// In which form the content goes.
    var form: Form
    /// Whether it has to be noted first that a message may have been sent.
    var needsNote: Bool
    /// Whether what waits in its chat could not go before, or was not to: first it is looked who may still have that.
    var isReopening = false

    var key: String { slot.key }
    var chat: Int64 { slot.address.chat }
    var content: SlotContent { slot.wanted }
}
