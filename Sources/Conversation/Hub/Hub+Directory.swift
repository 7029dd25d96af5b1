extension Hub {
    /// Where the agents of `session` work, an absolute path.
    public func workingDirectory(of session: SessionID) async throws -> String {
        directory(profile(of: try await state(of: session)).profile)
    }
}
