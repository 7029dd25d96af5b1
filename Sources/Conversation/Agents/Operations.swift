/// What can be asked of the core about itself and the place it works in, and done to what runs around it.
///
/// One implementation, whoever asks: slash commands, agents, whoever is attached.
public protocol Operations: Sendable {
    /// The answer to `query` for people, in plain text.
    func report(_ query: Query, for session: SessionID) async -> String
}

/// The operations that change something as well.
public protocol SteeringOperations: Operations {
    /// Does `deed` for the agent of `session`, once a person or a rule has allowed it; returns what came of it.
    ///
    /// Waits for the answer as long as the turn that runs in the session lasts. Cancelling takes the question back.
    /// Throws ``DeedRefusal``.
    func perform(_ deed: Deed, forAgentOf session: SessionID) async throws -> String
}

/// What agents can have the core do.
public enum Deed: Hashable, Sendable {
    /// Tells all who are attached, whatever their session, and the owner.
    case notify(String)
    /// Hands the file of this path to all who are attached to the session.
    case sendFile(String)
}

/// Why something was not done for an agent: one line that the agent is told.
public struct DeedRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why.
    public var description: String

    /// Creates a refusal.
    public init(_ description: String) { self.description = description }
}

/// The questions that the core answers.
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
    /// The files of the working directory, its repository, and logs.
    case surroundings(SurroundingsQuestion)
}
