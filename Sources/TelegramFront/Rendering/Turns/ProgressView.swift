import Conversation
import Markdown

/// The message that shows a turn while it runs.
///
/// Each of its sections has a bound, and together they fit.
struct ProgressView {
    private static let latest = 5, latestStages = 4
    /// Of what was said so far, in UTF-16 code units.
    private static let longestTail = 1_000
    /// Of a plan or a review, in UTF-16 code units.
    private static let longestPlan = 1_500, longestReview = 1_200

    let running: RunningTurn
    /// The agent that answers, as far as is known.
    var agent: String?
    /// How many messages wait behind the turn.
    var waiting = 0
    /// What was remarked last, in the turn, about how it goes on.
    var remarks: [String] = []
    /// Whether the agent was not heard of since the last remark.
    var isHeldUp = false
    let context: ViewContext

    /// What the message shows at `now`.
    func content(at now: Timestamp) -> SlotContent {
        var draft = MessageDraft()
        addState(to: &draft, at: now)
        addStages(to: &draft)
        addActions(to: &draft)
        for remark in remarks.suffix(2) {
            draft.addLine()
            draft.add("· " + context.line(remark, 150))
        }
        addTail(to: &draft)
        return draft.content(buttons: [[ButtonData.cancel(running.turn.id).button("Cancel")]])
    }

    // MARK: State

    private func addState(to draft: inout MessageDraft, at now: Timestamp) {
        let silence = now.milliseconds(since: running.lastEventAt)
        let isSilent = silence >= context.silentAfter()
        let state: String
        if running.asked.isEmpty {
            state = isSilent ? "silent for \(Self.time(silence))" : isHeldUp ? "waiting" : "working"
        } else {
            state = "waiting for you"
        }
        draft.add(running.asked.isEmpty ? "⏳ " : "⏸ ")
        draft.add(state, as: .bold)
        var parts = [Self.time(now.milliseconds(since: running.startedAt))]
        if let agent = running.stages.last?.agent ?? agent { parts.append(context.line(agent, 40)) }
        if let role = running.role { parts.append(role.rawValue + round(of: role)) }
        if running.turn.attempt > 1 { parts.append("runs again") }
        if waiting > 0 { parts.append("+\(waiting) waiting") }
        draft.add(" · " + parts.joined(separator: " · "))
        for approval in running.asked.prefix(2) {
            draft.addLine()
            draft.add("\(approval.id) ")
            draft.add(ApprovalView.line(approval.request, context), as: .code)
        }
        if running.asked.count > 2 { draft.add("\n… and \(running.asked.count - 2) more") }
        if isSilent, running.asked.isEmpty { draft.add("\nGo on waiting, or stop it with the button or /cancel.") }
    }

    private func round(of role: Role) -> String {
        guard let last = running.stages.last, last.nextRound > 1 || role == .reviewer else { return "" }
        return ", round \(last.nextRound)"
    }

    /// A length of time in whole seconds: the message changes with each edit only.
    private static func time(_ milliseconds: Int64) -> String {
        milliseconds < 60_000 ? "\(milliseconds / 1000) s" : "\(Elapsed(milliseconds))"
    }

    // MARK: Stages

    private func addStages(to draft: inout MessageDraft) {
        guard let last = running.stages.last else { return }
        draft.addLine(2)
        let earlier = running.stages.count - Self.latestStages
        if earlier > 0 { draft.add("… \(earlier) earlier \(earlier == 1 ? "stage" : "stages")\n") }
        for (index, report) in running.stages.suffix(Self.latestStages).enumerated() {
            if index > 0 { draft.addLine() }
            draft.add(context.line("\(report.headline) (\(report.work))", 140))
        }
        guard let words = last.words else { return }
        let limit = if case .plan = last.product { Self.longestPlan } else { Self.longestReview }
        let shown = Clip(context.redact(words), units: limit - 40)
        draft.addLine()
        draft.add(shown.text, as: .blockquote)
        if shown.isCut { draft.add("\n(\(words.count) characters in all)") }
    }

    // MARK: Actions

    private func addActions(to draft: inout MessageDraft) {
        guard !running.actions.isEmpty else { return }
        draft.addLine(2)
        let earlier = running.actions.count - Self.latest
        if earlier > 0 { draft.add("… \(earlier) earlier \(earlier == 1 ? "action" : "actions")\n") }
        for (index, action) in running.actions.suffix(Self.latest).enumerated() {
            if index > 0 { draft.addLine() }
            ActionLine(action, isRefused: running.refused.contains { $0.request.concerns(action) }, context)
                .add(to: &draft)
        }
    }

    // MARK: What was said

    private func addTail(to draft: inout MessageDraft) {
        let room = min(Self.longestTail, MessageText.longest - draft.length - 2)
        // A secret is found only when it is whole: what begins before this is cut off below.
        let text = context.redact(Self.certain(String(running.text.suffix(8_000))))
        guard room > 20, !text.isInvisible else { return }
        draft.addLine(2)
        draft.add(Clip(endOf: text, units: room).text)
    }

    /// The text without its last word, which may be half a secret as long as more follows.
    private static func certain(_ text: String) -> String {
        let end = text.lastIndex(where: \.isWhitespace).map { text.index(after: $0) } ?? text.startIndex
        let edge = text.index(text.endIndex, offsetBy: -200, limitedBy: text.startIndex) ?? text.startIndex
        return String(text[..<max(end, edge)])
    }
}
