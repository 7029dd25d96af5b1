/// The core of a workspace as fronts see it, in this process or in another.
///
/// A port: ``Hub`` conforms, and whatever leads to one. All of it throws ``HubError``: `closed` when the core has gone.
public protocol Core: Sendable {
    /// Takes what somebody typed: a command is answered at once, all else is submitted.
    func handle(_ message: Message, in session: SessionID) async throws -> Handled

    /// Takes a message for the agent of `session`; when it returns, the message is on disk.
    func submit(_ message: Message, to session: SessionID) async throws -> Receipt

    /// Gives the message that was handed in under `key` another text, as long as it waits for its turn.
    ///
    /// When it returns `changed`, the text is on disk, and the turn of the message starts with it. What is no message for
    /// the agent, such as a command, is refused. Doing it again changes nothing more.
    func revise(_ key: String, to text: String, in session: SessionID) async throws -> Revised

    /// Stops the running turn of `session`, or only the attempt that answers the message of `turn` when that is given;
    /// returns whether there was one. Its end arrives as an event; that it does not run again is on disk when this returns.
    ///
    /// A turn that a crash has ended, and whose message runs again or waits for that, means its repetition; never the turn
    /// of another message. Doing it again with the same `turn` stops nothing more.
    /// `person` says who stops it and from where, nil where that is not known; its text counts for nothing.
    func interrupt(_ session: SessionID, turn: Turn.ID?, by person: Message?) async throws -> Bool

    /// Answers an approval of `session`; the first answer counts, and is on disk when this returns.
    ///
    /// `person` says who answers and from where, and its key which act it is: the same one once more is told that it
    /// counts, if it did. Its text counts for nothing.
    func answer(
        _ id: Approval.ID, _ decision: ApprovalDecision, from person: Message, in session: SessionID
    ) async throws -> Answered

    /// The events of a session: first those after `bookmark` (none when nil), then what the running turn said so far,
    /// then live ones, without gap or repetition; for one reader.
    ///
    /// Ends behind ``Event/deleted`` when the session is deleted. Whoever `answers` can be asked for approvals as long as it
    /// reads.
    func events(of session: SessionID, after bookmark: Bookmark?, answers: Bool) async throws -> AsyncStream<Record>

    /// The events of a session behind `bookmark`, for a chat whose people can be asked for approvals as long as it reads.
    ///
    /// What waits until somebody is at a terminal goes on waiting.
    func chatEvents(of session: SessionID, after bookmark: Bookmark) async throws -> AsyncStream<Record>

    /// The last event on disk: behind it comes all that happens in `session` from now on.
    func position(of session: SessionID) async throws -> Cursor

    /// Where somebody begins who comes upon `session` in the middle.
    func beginning(of session: SessionID) async throws -> Beginning

    /// Where `session` stands; waits for the handshake of its agent, for as long as the agent's shell allows.
    func greeting(of session: SessionID) async throws -> Greeting

    /// What agents ask in `session` and nobody has answered, oldest first; also of turns that have ended.
    func openApprovals(of session: SessionID) async throws -> [Approval]

    /// What agents ask in `session` and nobody has answered, and what people have answered there since `moment` of what
    /// the last turn asked, oldest first.
    ///
    /// What somebody meant who wrote a bare answer at that moment. A core in another process tells the open ones alone.
    func approvals(of session: SessionID, openAt moment: Timestamp) async throws -> [Approval]

    /// What was said in the last `turns` turns of `session`, for people; a mere look, of which nothing is noted.
    func history(of session: SessionID, turns: Int) async throws -> String

    /// What can be named in commands.
    func names() async throws -> CoreNames

    /// What is still to be done by this process; nothing when the core is in another.
    func load() async -> CoreLoad

    /// Starts no further turn, and returns when none runs any more in this process but those that wait for a person.
    ///
    /// Messages are still taken: they are for the next core.
    func drain() async
}

extension Core {
    /// The events of a session behind `bookmark`, for cores that do not tell chats from terminals.
    public func chatEvents(of session: SessionID, after bookmark: Bookmark) async throws -> AsyncStream<Record> {
        try await events(of: session, after: bookmark, answers: true)
    }

    /// Stops the running turn of `session`, whichever that is; returns whether there was one.
    public func interrupt(_ session: SessionID, by person: Message? = nil) async throws -> Bool {
        try await interrupt(session, turn: nil, by: person)
    }

    /// Stops `turn` of `session` or its repetition, whoever wants that; returns whether there was one.
    public func interrupt(_ session: SessionID, turn: Turn.ID?) async throws -> Bool {
        try await interrupt(session, turn: turn, by: nil)
    }

    /// What agents ask in `session` and nobody has answered.
    public func approvals(of session: SessionID, openAt moment: Timestamp) async throws -> [Approval] {
        try await openApprovals(of: session)
    }

    /// Nothing, for cores that leave that to their commands.
    public func history(of session: SessionID, turns: Int) async throws -> String { "" }

    /// The events of a session from now on.
    public func events(of session: SessionID, answers: Bool = false) async throws -> AsyncStream<Record> {
        try await events(of: session, after: nil, answers: answers)
    }

    /// The events of a session behind `bookmark`, for a reader that answers nothing.
    public func events(of session: SessionID, after bookmark: Bookmark) async throws -> AsyncStream<Record> {
        try await events(of: session, after: bookmark, answers: false)
    }
}

/// The names that commands can be given, for whoever completes them.
public struct CoreNames: Hashable, Sendable {
    /// The agents that can be chosen.
    public var agents: [String]
    /// The profiles that can be chosen.
    public var profiles: [String]
    /// The sessions, the one with the latest activity first.
    public var sessions: [String]

    /// Creates a list of names.
    public init(agents: [String] = [], profiles: [String] = [], sessions: [String] = []) {
        self.agents = agents
        self.profiles = profiles
        self.sessions = sessions
    }
}

/// What a core has to do, over all sessions in use.
public struct CoreLoad: Hashable, Sendable {
    /// How many turns run.
    public var running: Int
    /// How many messages wait.
    public var waiting: Int
    /// Whether somebody else is attached, who goes on with what is left.
    public var isTakenOver: Bool

    /// Creates a load; none by default.
    public init(running: Int = 0, waiting: Int = 0, isTakenOver: Bool = false) {
        self.running = running
        self.waiting = waiting
        self.isTakenOver = isTakenOver
    }
}
