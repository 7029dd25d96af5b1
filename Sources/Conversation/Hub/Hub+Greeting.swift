/// What a front shows when it attaches to a session.
public struct Greeting: Hashable, Sendable {
    /// The session it is about.
    public var session: SessionID
    /// How its messages are worked on.
    public var mode: Mode
    /// The name of its profile.
    public var profile: String
    /// The agent that would answer now; what was chosen when none can be had.
    public var agent: String
    /// The program's version.
    public var version: String
    /// Why no agent, or not the first one, can be had; nil when all is well.
    public var remark: String?
    /// How the last turn ended; nil in a new conversation.
    public var last: Outcome?

    /// Creates a greeting from its parts.
    public init(
        session: SessionID, mode: Mode, profile: String, agent: String, version: String, remark: String? = nil,
        last: Outcome? = nil
    ) {
        self.session = session
        self.mode = mode
        self.profile = profile
        self.agent = agent
        self.version = version
        self.remark = remark
        self.last = last
    }
}

extension Hub: Core {
    /// The last event on disk.
    public func position(of session: SessionID) async throws -> Cursor {
        // Not before what the last core left open is known.
        _ = try await append(to: session) { _, _ in [] }
        return cursor
    }

    /// The events of a session, for a reader that follows the speed of people: what it has not read is kept for it.
    public func events(
        of session: SessionID, after bookmark: Bookmark?, answers: Bool
    ) async throws -> AsyncStream<Record> {
        try await events(of: session, after: bookmark, answers: answers, limit: nil)
    }

    /// The events of a session behind `bookmark`, for a chat, which is no terminal.
    public func chatEvents(of session: SessionID, after bookmark: Bookmark) async throws -> AsyncStream<Record> {
        try await enter { .subscribe(session, Subscribers.Wish(after: bookmark, answers: true, isChat: true), $0) }
    }

    /// The names of the agents that can be chosen.
    nonisolated var agentNames: [String] { directory.names }

    /// What can be named in commands.
    public func names() async throws -> CoreNames {
        CoreNames(
            agents: directory.names, profiles: profileNames,
            sessions: try await journal.sessions().map(\.id.rawValue))
    }

    /// What was said last in `session`, as `/history` tells it.
    public func history(of session: SessionID, turns: Int) async throws -> String {
        await report(.history(turns), for: session)
    }

    /// Starts the agent that would answer now, when it does not run yet; one that cannot be had is told at the turn.
    public func warmUp(_ session: SessionID) async {
        _ = try? await greeting(of: session)  // whoever sends a message meets the same error
    }

    /// How messages of a session are worked on.
    func mode(of state: SessionState) -> Mode { state.mode ?? configuration.mode }

    /// Where `session` stands.
    ///
    /// Waits for the agent's handshake, for as long as the agent's shell allows.
    public func greeting(of session: SessionID) async throws -> Greeting {
        let state = try await state(of: session)
        var greeting = Greeting(
            session: session, mode: mode(of: state), profile: profile(of: state).profile.name, agent: "\(state.agent)",
            version: configuration.version,
            last: state.last)
        do {
            let (shell, note) = try await directory.shell(
                for: state.choice(of: profile(of: state).profile, in: mode(of: state)), after: state.last?.agent)
            (greeting.agent, greeting.remark) = (shell.name, note)
        } catch let error as AgentError {
            greeting.remark = error.description
        }
        return greeting
    }
}
