import Conversation
import Markdown

/// How a turn ended: its answer, which takes the place of the progress, and the short message of which people hear.
struct TurnEndView {
    let turn: Turn.ID
    let outcome: Outcome
    /// The message in the chat that is answered.
    var replyTo: Int64?
    /// How many messages wait now.
    var waiting = 0
    let context: ViewContext

    /// The messages, in order.
    var slots: [Slot] {
        let source = source
        let answer = MessageText(markdown: source)
        let text = MessageText(Self.joined(answer.text, isWhole ? nil : wholeReason))
        let whole = [source.isInvisible ? nil : source, isWhole ? nil : wholeReason].compactMap(\.self)
        let long = LongText(
            text, source: whole.joined(separator: "\n\n"), fileName: "answer-\(turn).md")
        var slots = long.slots("\(turn)/1", "\(turn)", in: context)
        if slots.isEmpty { slots = [context.slot("\(turn)/1", SlotContent("(no answer in words)"))] }
        guard !outcome.runsAgain else { return slots }
        return slots + [context.loudSlot("\(turn)/end", end(answer.text.text), replyTo: replyTo)]
    }

    private var isWhole: Bool { outcome.status == .ok }

    /// The answer; of a turn that did not come to its end, all that was said.
    private var source: String {
        context.redact(isWhole ? outcome.text : outcome.said ?? outcome.text)
    }

    /// What stands under what was said when the turn did not come to its end.
    private var wholeReason: String { summary + (reason.map { ": \($0)" } ?? "") }

    private var reason: String? { outcome.error.map { context.redact($0.message) } }

    private var summary: String {
        let time = "\(Elapsed(outcome.durationMs))"
        let kind = outcome.error.map { " (\($0.kind.rawValue))" } ?? ""
        switch outcome.status {
        case .ok:
            let review = outcome.review.map { " · \($0.result.rawValue) in round \($0.rounds)" } ?? ""
            return "✅ \(time)\(review)"
        case .error: return "❌ failed after \(time)\(kind)"
        case .cancelled:
            let by = outcome.stoppedBy.map { " by \(context.line($0, 100))" } ?? ""
            return "⏹ stopped\(by) after \(time)"
        case .interrupted: return "⚠ interrupted after \(time)\(kind)"
        }
    }

    private func end(_ answer: String) -> SlotContent {
        var lines = [summary]
        if let reason { lines[0] += ": \(reason.oneLine(300))" }
        if isWhole, !answer.isInvisible { lines.append(answer.oneLine(100)) }
        if isWhole, outcome.said != nil { lines.append("(more was said on the way: /history 1)") }
        if outcome.status == .cancelled, let next { lines.append(next) }
        return SlotContent(EntityText(plain: lines.joined(separator: "\n")))
    }

    /// What runs behind a turn that was stopped: whoever stops one need not have meant the others.
    private var next: String? {
        switch waiting {
        case 0: nil
        case 1: "1 message waits and is next; /cancel all drops it too"
        default: "\(waiting) messages wait, and the first is next; /cancel all drops them too"
        }
    }

    private static func joined(_ answer: EntityText, _ ending: String?) -> EntityText {
        guard let ending else { return answer }
        guard let shown = answer.trimmed else { return EntityText(plain: ending) }
        return EntityText(text: shown.text + "\n\n" + ending, entities: shown.entities)
    }
}
