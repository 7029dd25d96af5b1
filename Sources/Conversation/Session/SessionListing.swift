/// A session in a list.
public struct SessionListing: Hashable, Sendable {
    /// Which session it is.
    public var id: SessionID
    /// How messages are worked on; nil for the usual way.
    public var mode: Mode?
    /// The name of the profile; nil for the default one.
    public var profile: String?
    /// The choice of agent.
    public var agent: AgentChoice
    /// How many turns it had, also before the conversation began anew.
    public var turns: Int
    /// When the first of it was recorded.
    public var created: Timestamp
    /// When something was last recorded.
    public var updated: Timestamp
    /// Whether a turn is under way, or was when its core crashed.
    public var isRunning: Bool
    /// How many messages wait.
    public var waiting: Int

    /// Creates an entry from its parts.
    public init(
        id: SessionID, mode: Mode? = nil, profile: String? = nil, agent: AgentChoice = .auto, turns: Int = 0,
        created: Timestamp, updated: Timestamp, isRunning: Bool = false, waiting: Int = 0
    ) {
        self.id = id
        self.mode = mode
        self.profile = profile
        self.agent = agent
        self.turns = turns
        self.created = created
        self.updated = updated
        self.isRunning = isRunning
        self.waiting = waiting
    }

    /// The name without `tty:`.
    public var shortName: String { id.shortName }

    /// What goes on in it.
    public var activity: String {
        let line = waiting > 0 ? "\(waiting) waiting" : ""
        guard isRunning else { return waiting > 0 ? line : "idle" }
        return waiting > 0 ? "running, \(line)" : "running"
    }
}

extension SessionID {
    /// The name without `tty:`.
    public var shortName: String { rawValue.hasPrefix("tty:") ? String(rawValue.dropFirst(4)) : rawValue }
}
