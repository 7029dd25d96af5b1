/// What agents may ask of the core about itself.
///
/// One implementation, which slash commands use as well.
public protocol Operations: Sendable {
    /// The answer to `query` for people, in plain text.
    func report(_ query: Query, for session: SessionID) async -> String
}

/// The questions that the core answers about itself.
public enum Query: Hashable, Sendable {
    /// What this is, the commands and the current settings.
    case help
    /// Session and agents.
    case status
    /// What waits.
    case queue
    /// What was said, the last so many turns.
    case history(Int)
    /// The last answer once more.
    case last
    /// The agents that can be chosen.
    case agents
    /// The sessions of the workspace.
    case sessions
    /// Tokens and time.
    case usage(UsageQuestion)
}
