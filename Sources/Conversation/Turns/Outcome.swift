/// How a turn ended.
public struct Outcome: Hashable, Sendable {
    /// The ways a turn can end.
    public enum Status: String, Sendable {
        case ok
        case error
        /// A person stopped it.
        case cancelled
        /// A crash or the time limit stopped it.
        case interrupted
    }

    /// In which way it ended.
    public var status: Status
    /// The agent's last message, as far as it came.
    public var text: String
    /// All that the agent said, when that is more than ``text``; else nil.
    public var said: String?
    /// From the record that it started to this one, in milliseconds.
    public var durationMs: Int64
    /// What it cost.
    public var usage: Usage
    /// Why it did not end well; nil when it did or when a person stopped it.
    public var error: TurnError?
    /// True when the message goes back to the head of the queue: a crash hit the turn before it acted.
    public var runsAgain: Bool
    /// True when it was cut off by an end of the core in good order, which is no crash: it may run again after one still.
    ///
    /// Not told to clients.
    public var isSpared = false
    /// The agent that worked on it; nil when none could be had.
    public var agent: String?
    /// How the reviews ended; nil when there was none.
    public var review: Review?
    /// Who stopped it and from where, for people, for example `ann (terminal)`; nil when nobody did, or it is not known.
    public var stoppedBy: String?

    /// Creates an outcome from its parts.
    public init(
        status: Status, text: String = "", durationMs: Int64 = 0, usage: Usage = Usage(), error: TurnError? = nil,
        runsAgain: Bool = false, agent: String? = nil, review: Review? = nil, said: String? = nil,
        stoppedBy: String? = nil
    ) {
        self.status = status
        self.text = text
        self.durationMs = durationMs
        self.usage = usage
        self.error = error
        self.runsAgain = runsAgain
        self.agent = agent
        self.review = review
        self.said = said
        self.stoppedBy = stoppedBy
    }
}
