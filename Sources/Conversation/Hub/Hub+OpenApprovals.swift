extension Hub {
    /// What agents ask in `session` and nobody has answered, oldest first; also of turns that have ended.
    ///
    /// Whoever is told of a question finds it here, unless it was answered without asking anybody, or meanwhile.
    public func openApprovals(of session: SessionID) async throws -> [Approval] {
        try await state(of: session).approvals
    }
}
