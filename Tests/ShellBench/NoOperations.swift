import Conversation

/// A core that has nothing to tell.
struct NoOperations: Operations {
    func report(_ query: Query, for session: SessionID) async -> String { "" }
}
