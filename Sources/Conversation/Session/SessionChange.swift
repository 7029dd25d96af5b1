/// A change of a session's own settings.
public enum SessionChange: Hashable, Sendable {
    case mode(Mode)
    case agent(AgentChoice)
    /// The profile of this name was chosen.
    case profile(String)
    /// The agent keeps the conversation under this id.
    case thread(ThreadKey, String)
    /// The conversation was forgotten: threads, history, mode and profile. The choice of agent stays.
    case renewed
}
