import Conversation

/// What somebody is answered who has changed a message in the chat.
struct EditView {
    let context: ViewContext
    /// The message that was changed: its number, and that of the chat where it was written.
    let number: Int64, chat: Int64
    /// Its number where the answer goes; nil when the group has got another number since.
    let replyTo: Int64?

    /// The answer: each once for a message, however often that is changed.
    func slot(_ revised: Revised) -> Slot {
        switch revised {
        case .changed:
            slot("changed", "Changed: it is answered with the new text.")
        case .started, .unknown:
            slot("late", "What was sent stays as it was; send the changed text as a new message.")
        case .dropped:
            slot("dropped", "It was dropped and is not answered; send the changed text as a new message.")
        case .unfit(let reason):
            slot("unfit", "What was sent stays as it was, and waits: \(context.redact(reason)).")
        }
    }

    /// That the change in `update` could not be kept, and why.
    func slot(failure: String, of update: Int64) -> Slot {
        slot("u\(update)", "⚠ \(context.redact(failure)); change it again")
    }

    private func slot(_ fate: String, _ text: String) -> Slot {
        // In the two chats that a group has been, one number means two messages.
        context.slot("edit/\(chat)/\(number)/\(fate)", SlotContent(text), replyTo: replyTo)
    }
}
