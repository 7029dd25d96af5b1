import Conversation
import Markdown

/// A message that somebody wrote elsewhere.
struct EchoView {
    /// What becomes of it.
    enum Fate: Hashable {
        /// It runs, or is about to.
        case runs
        /// So many are before it.
        case waits(Int)
        case steered
        case unsteered
        case dropped
    }

    private static let longest = 3_000

    let context: ViewContext

    /// The message in the chat.
    func slot(_ id: Message.ID, _ message: Message, _ fate: Fate) -> Slot {
        var draft = MessageDraft()
        let who = message.isNote ? message.heading() : message.signature
        draft.add(context.line("\(who):", 100), as: .bold)
        let text = context.redact(message.shown)
        let shown = Clip(text, units: Self.longest)
        draft.add(" " + shown.text)
        if shown.isCut { draft.add("\n(\(text.count) characters in all)") }
        if let words = words(fate) {
            draft.addLine()
            draft.add(words, as: .italic)
        }
        return context.slot("m\(id.rawValue)", draft.content())
    }

    private func words(_ fate: Fate) -> String? {
        switch fate {
        case .runs, .waits(0): nil
        case .waits(let count): "waits, \(count) before it"
        case .steered: "put into the running turn"
        case .unsteered: "not taken by the agent, waits for a turn of its own"
        case .dropped: "dropped, not answered"
        }
    }
}
