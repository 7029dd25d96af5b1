public import Conversation

/// A core that has nothing to tell, for tests in which the agent asks nothing.
public struct NoOperations: Operations {
    /// Creates it.
    public init() {}

    /// Nothing.
    public func report(_ query: Query, for session: SessionID) async -> String { "" }
}
