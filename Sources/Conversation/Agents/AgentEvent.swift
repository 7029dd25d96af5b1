/// What an agent reports while it works on a turn.
public enum AgentEvent: Hashable, Sendable {
    /// A new message begins. What an earlier one said stays said, also when it was never completed.
    case began
    /// The message under way goes on.
    case delta(String)
    /// The message under way is complete; its whole text, which the deltas may have shown in part only.
    case message(String)
    case action(Action)
    /// The agent asks and waits for ``AgentThread/answer(_:_:)``.
    case approval(ApprovalRequest)
    /// The agent no longer waits for the answer to the request of this id.
    case withdrawn(String)
    /// The tokens of this turn up to now.
    case usage(Usage)
    /// The agent hit a fault and tries again by itself; why.
    case retrying(String)
    /// The last event of a turn.
    case finished(AgentResult)
}

/// How an agent says that a turn ended.
public enum AgentResult: Hashable, Sendable {
    case completed
    case interrupted
    case failed(TurnError)
}
