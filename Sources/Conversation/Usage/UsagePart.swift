/// What was used in one part of a whole: by one role, on one day and the like.
public struct UsagePart: Hashable, Sendable {
    /// Which part it is.
    public enum Key: Hashable, Sendable {
        /// A turn and the message that it was for.
        case turn(Turn.ID, text: String)
        case role(Role)
        /// An agent by its name; nil where none could be had, or a crash took the answer.
        case agent(String?)
        case session(SessionID)
        /// The day that begins at this moment.
        case day(Timestamp)
    }

    /// Which part it is.
    public var key: Key
    /// The tokens, those of turns included that ended badly.
    public var tokens: Usage
    /// The time that was worked, in milliseconds.
    public var durationMs: Int64
    /// How many turns ended, each attempt being one.
    public var turns: Int
    /// How many stages there were, those included in which a turn ended; a turn in single mode is one.
    public var stages: Int
    /// How many answers of selectors and reviewers could not be read.
    public var unreadable: Int

    /// Creates a part from what it adds up to.
    public init(
        _ key: Key, tokens: Usage = Usage(), durationMs: Int64 = 0, turns: Int = 0, stages: Int = 0,
        unreadable: Int = 0
    ) {
        self.key = key
        self.tokens = tokens
        self.durationMs = durationMs
        self.turns = turns
        self.stages = stages
        self.unreadable = unreadable
    }
}
