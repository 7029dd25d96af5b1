import Conversation
import Markdown

/// What somebody is answered at once, before or without any agent.
struct ReplyView {
    // In UTF-16 code units.
    private static let longestRequest = 100

    let context: ViewContext

    /// What the answer to the message of `update` is called in its chat.
    static func name(of update: Int64) -> String { "u\(update)/reply" }

    /// The key of the answer to the message of `update`.
    func key(of update: Int64) -> String { context.scope + Self.name(of: update) }

    /// The answer to the message of `update`; none where the events of the session tell it.
    ///
    /// `asked` is what the turn before it waits for; nil for nothing.
    func slots(_ handled: Handled, behind asked: Approval? = nil, to update: Int64, replyTo: Int64?) -> [Slot] {
        switch handled {
        case .accepted(let receipt):
            guard receipt.ahead > 0 else { return [] }
            let told = "queued, \(receipt.ahead) before you"
            return [slot(told + (asked.map(hint) ?? ""), update, replyTo)]
        case .replied(let reply):
            return slots(reply, update, replyTo)
        }
    }

    /// That something could not be done, and why.
    func slots(failure: String, to update: Int64, replyTo: Int64?) -> [Slot] {
        slots(MessageText(plain: "⚠ " + context.redact(failure)), "⚠ " + context.redact(failure), update, replyTo)
    }

    private func slots(_ reply: CommandReply, _ update: Int64, _ replyTo: Int64?) -> [Slot] {
        guard reply.ok else { return slots(failure: reply.text, to: update, replyTo: replyTo) }
        // The file itself is the answer.
        guard reply.name != SlashCommand.file.rawValue else { return [] }
        // Where the events tell all, an answer is missed all the same: they change messages that stand far above.
        let untold = reply.untold.flatMap { $0.isInvisible ? nil : $0 } ?? reply.text
        let text = context.redact(untold)
        return slots(Self.rendered(text, of: reply.name), text, update, replyTo)
    }

    private func slots(_ text: MessageText, _ source: String, _ update: Int64, _ replyTo: Int64?) -> [Slot] {
        let name = Self.name(of: update)
        return LongText(text, source: source, fileName: "reply-\(update).txt")
            .slots(name, name, in: context, replyTo: replyTo)
    }

    /// Whoever wrote something else may have meant to answer.
    private func hint(_ asked: Approval) -> String {
        let isQuestion = asked.request.kind == .question
        let ways = isQuestion ? "/answer \(asked.id) …" : "/approve \(asked.id) or /deny \(asked.id)"
        let line = ApprovalView.line(asked.request, context).clipped(Self.longestRequest)
        return "; the agent waits for an answer first: \(line)\n\(ways)"
    }

    private func slot(_ text: String, _ update: Int64, _ replyTo: Int64?) -> Slot {
        context.slot(Self.name(of: update), SlotContent(text), replyTo: replyTo)
    }

    private static func rendered(_ text: String, of command: String) -> MessageText {
        switch command {
        case "last": MessageText(markdown: text)
        case "diff": MessageText(code: text, language: "diff")
        case "history": MessageText(plain: text)
        // In letters of one width no command is a link.
        case "help", "start": MessageText(plain: text)
        // Tables.
        default: text.contains("\n") ? MessageText(code: text) : MessageText(plain: text)
        }
    }
}
