import Conversation

/// A shell behind which the agent may be exchanged.
protocol ExchangeableShell: AgentShell {
    /// Prepares the agent and returns it as it is now: it is not exchanged, nor ended, as long as somebody holds what
    /// is returned.
    ///
    /// Throws as ``AgentShell/prepare()`` does.
    func leased() async throws -> any AgentShell
}

extension ExchangeableShell {
    /// Prepares the agent that is there now.
    public func prepare() async throws { _ = try await leased() }
}

extension AgentShell {
    /// The agent, prepared, and the same for as long as somebody holds it.
    func prepared() async throws -> any AgentShell {
        if let shell = self as? any ExchangeableShell { return try await shell.leased() }
        try await prepare()
        return self
    }
}
