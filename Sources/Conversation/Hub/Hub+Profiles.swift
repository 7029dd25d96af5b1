extension Hub {
    /// The profile of a session, and the name of the one that was chosen when it is gone.
    nonisolated func profile(of state: SessionState) -> (profile: Profile, missing: String?) {
        guard let name = state.profile else { return (profiles.initial, nil) }
        guard let profile = profiles.profile(called: name) else {
            return (profiles.initial, name)
        }
        return (profile, nil)
    }

    /// The names of the profiles that can be chosen.
    public nonisolated var profileNames: [String] { profiles.profiles.map(\.name) }

    /// Whether `text` is `profile list` or `profile NAME`, which count as commands without the slash.
    nonisolated func isProfileCommand(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0].lowercased() == "profile" else { return false }
        return words[1].lowercased() == "list" || profiles.profile(called: String(words[1])) != nil
    }

    /// Chooses the profile of a session; refuses one that does not exist or cannot be used.
    ///
    /// It counts from the next turn on.
    public func chooseProfile(_ name: String, in session: SessionID) async throws -> CommandReply {
        func reply(_ text: String, ok: Bool) -> CommandReply { CommandReply(name: "profile", ok: ok, text: text) }
        guard let profile = profiles.profile(called: name) else {
            return reply("no profile is called \(name); \(profileNames.existing)", ok: false)
        }
        let mode = mode(of: try await state(of: session))
        if let obstacle = profiles.obstacle(to: profile, in: mode) { return reply(obstacle, ok: false) }
        try await change(session, .profile(profile.name))
        return CommandReply(
            name: "profile", ok: true, text: "profile: \(line(profile))", change: .profile(profile.name))
    }

    /// The profiles, the session's one marked.
    func profileList(for session: SessionID) async throws -> String {
        let current = profile(of: try await state(of: session)).profile.name
        return profiles.profiles.enumerated().map { index, profile in
            (profile.name == current ? "* " : "- ") + line(profile) + (index == 0 ? " (default)" : "")
        }.joined(separator: "\n")
    }

    private nonisolated func line(_ profile: Profile) -> String {
        var parts = [profile.name]
        if let summary = profile.summary { parts.append(summary) }
        if let model = profile.single.model { parts.append("model \(model)") }
        if let directory = profile.workingDirectory { parts.append(directory) }
        return parts.joined(separator: " · ")
    }

    /// Whether people of `session` are still to be told that `agent` plays no roles; true once.
    func tellsOfRoles(_ agent: String, in session: SessionID) -> Bool {
        toldOfRoles.insert(AgentInSession(session: session, agent: agent)).inserted
    }
}

/// A session and an agent that works in it.
struct AgentInSession: Hashable {
    var session: SessionID
    var agent: String
}
