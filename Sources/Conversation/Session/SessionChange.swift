/// A change of a session's own settings.
public enum SessionChange: Hashable, Sendable {
    case mode(Mode)
    case agent(AgentChoice)
    /// The agent called `agent` keeps the conversation under `thread`.
    case thread(agent: String, thread: String)
    /// The conversation was forgotten: threads, history and mode. The choice of agent stays.
    case renewed
}
