/// Keeps, for people, what was asked and what came of it.
///
/// A port: the storage conforms. What it keeps is never read back.
public protocol Chronicle: Sendable {
    /// Takes note of `exchange`, which is over and committed.
    ///
    /// Called from the loop of the core: it returns at once and has no way to fail.
    func note(_ exchange: Exchange)
}

/// Something that was asked in a session, and what came of it.
public struct Exchange: Hashable, Sendable {
    /// What kind of thing was asked.
    public enum Kind: String, Sendable {
        /// A message to an agent.
        case text
        /// A command to the core, also a mistyped one.
        case command
        /// A text for the running turn.
        case steer
    }

    /// Where it was asked.
    public var session: SessionID
    /// When it was over.
    public var time: Timestamp
    /// The turn that it was; nil when it needed none.
    public var turn: Turn.ID?
    /// What kind of thing was asked.
    public var kind: Kind
    /// What was typed.
    public var input: String
    /// The whole result; of a command its text is the answer when it did what was asked, else the error.
    public var outcome: Outcome
    /// Where the session stands after it.
    public var standing: Standing

    /// Creates an exchange from its parts.
    public init(
        session: SessionID, time: Timestamp, turn: Turn.ID? = nil, kind: Kind, input: String, outcome: Outcome,
        standing: Standing
    ) {
        self.session = session
        self.time = time
        self.turn = turn
        self.kind = kind
        self.input = input
        self.outcome = outcome
        self.standing = standing
    }
}

/// Where a session stands, for people.
public struct Standing: Hashable, Sendable {
    /// How messages are worked on.
    public var mode: Mode
    /// The profile in force.
    public var profile: Profile
    /// Where its agents work.
    public var workingDirectory: String
    /// The choice of agent.
    public var agent: AgentChoice
    /// How the last turn of the conversation ended; nil when there was none.
    public var last: Outcome?

    /// Creates a standing from its parts.
    public init(mode: Mode, profile: Profile, workingDirectory: String, agent: AgentChoice, last: Outcome? = nil) {
        self.mode = mode
        self.profile = profile
        self.workingDirectory = workingDirectory
        self.agent = agent
        self.last = last
    }
}
