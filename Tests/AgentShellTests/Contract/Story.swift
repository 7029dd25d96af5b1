import Conversation

/// What came of a turn, as the port tells it.
struct Story: Sendable {
    var events: [AgentEvent] = []
    /// Why the report broke off; nil when it ended.
    var error: AgentError?
    /// When the test did what it did in the turn; nil when that was nothing.
    var actedAt: ContinuousClock.Instant?

    /// The messages, each with what was streamed of it, and whole where it was completed.
    var messages: [(streamed: String, whole: String?)] {
        var messages: [(streamed: String, whole: String?)] = []
        for event in events {
            switch event {
            case .began: messages.append(("", nil))
            case .delta(let delta): messages[at(&messages)].streamed += delta
            case .message(let text): messages[at(&messages)].whole = text
            case .action, .approval, .withdrawn, .usage, .retrying, .finished: break
            }
        }
        return messages
    }

    /// The place of the message under way; what was said without a beginning begins one.
    private func at(_ messages: inout [(streamed: String, whole: String?)]) -> Int {
        if messages.isEmpty { messages.append(("", nil)) }
        return messages.endIndex - 1
    }

    var deltas: [String] { events.compactMap { if case .delta(let delta) = $0 { delta } else { nil } } }
    var actions: [Action] { events.compactMap { if case .action(let action) = $0 { action } else { nil } } }
    var requests: [ApprovalRequest] { events.compactMap { if case .approval(let asked) = $0 { asked } else { nil } } }
    var ends: [AgentResult] { events.compactMap { if case .finished(let result) = $0 { result } else { nil } } }
    /// How it ended; nil when nothing is said after that, or it did not end.
    var result: AgentResult? { if case .finished(let result)? = events.last { result } else { nil } }
    /// The actions as they were last told, in the order in which they began.
    var deeds: [Action] {
        actions.reduce(into: []) { deeds, action in
            if let index = deeds.firstIndex(where: { $0.id == action.id }) {
                deeds[index] = action
            } else {
                deeds.append(action)
            }
        }
    }
}
