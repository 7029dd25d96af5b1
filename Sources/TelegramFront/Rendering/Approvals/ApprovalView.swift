import Conversation
import Markdown

/// What an agent asks, such that it looks like what it is; and its answer.
///
/// What does not fit into the message is in a file: what is allowed can always be read completely.
struct ApprovalView {
    // In UTF-16 code units.
    private static let longestTitle = 1_000, longestReason = 400, longestChoice = 120, longestChoices = 900
    private static let longestAnswer = 500

    let approval: Approval
    /// Whether the turn in which it was asked was cut off.
    var isCutOff = false
    /// The session in which it was asked, where that is not the one of the chat; nil where it is.
    var origin: SessionID?
    /// The session in which it was asked, where the chat has left that; nil where it has not.
    var left: SessionID?
    let context: ViewContext

    private var request: ApprovalRequest { approval.request }

    /// The question or its answer, and the file that belongs to it.
    var slots: [Slot] {
        let (content, isCut) = rendered
        let message = context.slot("\(approval.id)", content)
        return isCut ? [message, context.slot("\(approval.id)/file", file)] : [message]
    }

    /// The short message by which people hear of it, and later the same without noise.
    func call(replyTo: Int64?) -> Slot {
        var draft = MessageDraft()
        let state =
            switch approval.answer?.basis {
            case nil: "⏸ waiting for you"
            case .withdrawal: "▸ no longer asked"
            default: "▸ answered"
            }
        draft.add("\(state) · \(approval.id) ")
        draft.add(Self.line(request, context), as: .code)
        let key = "\(approval.id)/call", content = draft.content()
        return approval.answer == nil
            ? context.urgentSlot(key, content, replyTo: replyTo) : context.slot(key, content, replyTo: replyTo)
    }

    // MARK: Message

    private var rendered: (SlotContent, isCut: Bool) {
        var draft = MessageDraft()
        var isCut = false
        draft.add("\(approval.id) \(request.kind.wish)", as: .bold)
        if let origin { draft.add(" in \(origin)") }
        let title = Clip(visible(request.title), units: Self.longestTitle)
        draft.addLine()
        draft.add(request.kind.mark)
        if request.kind == .question { draft.add(title.text) } else { draft.add(title.text, as: .code) }
        let reason = Clip(visible(request.reason), units: Self.longestReason)
        if !reason.text.isEmpty { draft.add("\nwhy: \(reason.text)") }
        isCut = title.isCut || reason.isCut
        addChoices(to: &draft, &isCut)
        addDetail(to: &draft, &isCut)
        if isCut { draft.add("\n… All of it is in the file \(fileName).") }
        draft.addLine(2)
        addEnd(to: &draft)
        return (draft.content(buttons: buttons), isCut)
    }

    private func addChoices(to draft: inout MessageDraft, _ isCut: inout Bool) {
        let start = draft.length
        for (index, choice) in request.choices.enumerated() {
            guard draft.length - start < Self.longestChoices else {
                draft.add("\n… and \(request.choices.count - index) more")
                isCut = true
                return
            }
            let text = visible(choice)
            let line = text.oneLine(Self.longestChoice)
            isCut = isCut || line != text
            draft.add("\n\(index + 1). \(line)")
        }
    }

    private func addDetail(to draft: inout MessageDraft, _ isCut: inout Bool) {
        let detail = visible(request.detail)
        guard !detail.isInvisible else { return }
        let room = MessageText.longest - draft.length - Self.longestAnswer - 300
        let shown = Clip(detail, units: max(room, 100))
        // Better a line less than half a line.
        let lines = shown.isCut ? shown.text.lastIndex(of: "\n").map { shown.text[..<$0] } : nil
        draft.addLine()
        draft.add(
            lines.map { $0 + "\n…" } ?? shown.text, as: .pre(language: request.kind == .file ? "diff" : nil))
        isCut = isCut || shown.isCut
    }

    private func addEnd(to draft: inout MessageDraft) {
        if let answer = approval.answer {
            let sign = answer.basis == .withdrawal ? "▫️" : answer.decision.isPositive ? "✅" : "❌"
            return draft.add("\(sign) \(context.line(Self.words(answer), Self.longestAnswer * 2 / 3))")
        }
        if let left {
            draft.add("This chat is elsewhere now; back there with ")
            return draft.add("/attach \(left)", as: .code)
        }
        if let origin {
            // The commands count for the conversation in which they are given.
            draft.add("Nobody is attached there; to go there: ")
            return draft.add("/attach \(origin)", as: .code)
        }
        if isCutOff { draft.add("The agent has restarted: it is told of an answer, and goes on with that.\n") }
        let usages: [String] =
            switch request.kind {
            case .question: ["/answer \(approval.id) …", "/deny \(approval.id)"]
            case .command, .file, .tool:
                ["/approve \(approval.id)"] + (request.isRepeatable ? ["/approve \(approval.id) session"] : [])
                    + ["/deny \(approval.id)"]
            }
        for (index, usage) in usages.enumerated() {
            if index > 0 { draft.add(" · ") }
            draft.add(usage, as: .code)
        }
    }

    private var buttons: [[SlotContent.Button]] {
        let id = approval.id
        guard approval.answer == nil, left == nil else { return [] }
        guard request.kind == .question else {
            let session = request.isRepeatable ? [ButtonData.allowForSession(id).button("For this session")] : []
            return [[ButtonData.allow(id).button("Allow once")] + session, [ButtonData.deny(id).button("Deny")]]
        }
        let choices = request.choices.prefix(ButtonData.mostChoices).enumerated().map { index, choice in
            let title = visible(choice).oneLine(40)
            return [ButtonData.choose(id, index).button(title.isInvisible ? "\(index + 1)" : title)]
        }
        return choices + [[ButtonData.deny(id).button("Decline")]]
    }

    // MARK: File

    private var fileName: String { "\(approval.id).txt" }

    private var file: SlotContent {
        let choices = request.choices.enumerated().map { "\($0 + 1). \(visible($1))" }
        let reason = request.reason.isEmpty ? [] : ["why: \(visible(request.reason))"]
        let detail = request.detail.isEmpty ? [] : ["", visible(request.detail)]
        let head = ["\(approval.id) \(request.kind.wish)", request.kind.mark + visible(request.title)]
        let text = (head + reason + choices + detail).joined(separator: "\n")
        let caption = MessageText.caption("All that \(approval.id) asks for")
        return SlotContent(text, document: SlotContent.Document(fileName: fileName, caption: caption))
    }

    // MARK: Words

    /// What is asked, in one line.
    static func line(_ request: ApprovalRequest, _ context: ViewContext) -> String {
        visible(request.title, of: request, context).oneLine(100)
    }

    private func visible(_ text: String) -> String { Self.visible(text, of: request, context) }

    private static func visible(_ text: String, of request: ApprovalRequest, _ context: ViewContext) -> String {
        // Questions are prose, in which many languages need what joins and parts letters.
        request.kind == .question ? context.redact(text) : VisibleText(context.redact(text)).text
    }

    private static func words(_ answer: Approval.Answer) -> String {
        guard answer.basis != .withdrawal else { return "no longer asked: \(answer.by)" }
        let end = answer.note == nil ? "" : " · the agent is told"
        switch answer.decision {
        case .allow: return "allowed by \(answer.by)\(end)"
        case .allowForSession: return "allowed for this session by \(answer.by)\(end)"
        case .deny(let reason): return "denied by \(answer.by)\(end)" + (reason.map { ": \($0)" } ?? "")
        case .answer(let text): return "answered by \(answer.by)\(end): \(text)"
        }
    }
}
