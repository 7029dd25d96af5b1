import Conversation
import Markdown

/// What is remarked, changed or dropped, in a message of its own.
struct NoticeView {
    let context: ViewContext

    /// The messages of a notice; people hear of errors, and of others where it `isLoud`.
    func slots(_ notice: Notice, key: String, isLoud: Bool) -> [Slot] {
        let sign =
            switch notice.level {
            case .info: "ℹ️"
            case .warn: "⚠"
            case .error: "❌"
            }
        let text = "\(sign) \(context.redact(notice.text))"
        return MessageText(plain: text).parts.enumerated().map { index, content in
            let key = index == 0 ? key : "\(key)/\(index + 1)"
            let isHeard = index == 0 && (isLoud || notice.level == .error)
            return isHeard ? context.urgentSlot(key, content) : context.slot(key, content)
        }
    }

    /// The message that tells of a change of the session's settings; nil for what is no concern of people.
    func slot(_ change: SessionChange, at cursor: Cursor) -> Slot? {
        guard let line = change.line else { return nil }
        return context.slot("e\(cursor.rawValue)", SlotContent(EntityText(plain: context.line(line, 200))))
    }

    /// The message that tells that `count` messages were dropped.
    func slot(dropped count: Int, at cursor: Cursor) -> Slot {
        let text = "\(count) waiting \(count == 1 ? "message" : "messages") dropped"
        return context.slot("e\(cursor.rawValue)", SlotContent(text))
    }
}
