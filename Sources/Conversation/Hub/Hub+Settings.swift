extension Hub {
    /// Changes the configuration: turns that start from now on follow it, running ones keep theirs.
    ///
    /// The limit of approvals counts at once, also for those that are open.
    public func configure(_ change: @Sendable (inout HubConfiguration) -> Void) {
        change(&configuration)
        configured?.finish()
    }

    /// Tells `notice` to those who are attached to `session`.
    public func tell(_ notice: Notice, in session: SessionID) async throws {
        try await append(.notice(notice), to: session)
    }

    /// Tells `notice` to all who are attached, whatever their session.
    public func tell(_ notice: Notice) async throws {
        for session in subscribers.sessions { try await append(.notice(notice), to: session) }
    }
}
