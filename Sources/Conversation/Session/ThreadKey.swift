/// Names one of the threads of a session: each profile has its own with each agent.
public struct ThreadKey: Hashable, Sendable {
    /// The profile's name.
    public var profile: String
    /// The agent's name.
    public var agent: String

    /// Creates a key from its parts.
    public init(profile: String, agent: String) {
        self.profile = profile
        self.agent = agent
    }
}
