/// What came of one stage of plan mode, and who is next.
public struct StageReport: Hashable, Sendable {
    /// What a role hands over.
    public enum Product: Hashable, Sendable {
        case route(Route)
        /// Steps, files, risks and how to know that it is done.
        case plan(String)
        /// What the developer said last.
        case answer(String)
        case verdict(Verdict)
    }

    /// Who worked.
    public var role: Role
    /// Of developer and reviewer, counted from 1; 1 before.
    public var round: Int
    /// What it came to.
    public var product: Product
    /// Who works next; nil when this was the last stage.
    public var next: Role?
    /// The agent that played the role.
    public var agent: String
    /// What the stage cost.
    public var usage: Usage
    /// How long it took, in milliseconds.
    public var durationMs: Int64
    /// What people put into the developer's work while it went on, in order.
    public var additions: [String]
    /// The state of the files before the developer's work, for the difference that the reviewer sees; nil when nobody
    /// will ask for it.
    public var baseline: String?

    /// Creates a report from its parts.
    public init(
        role: Role, round: Int = 1, product: Product, next: Role? = nil, agent: String, usage: Usage = Usage(),
        durationMs: Int64 = 0, additions: [String] = [], baseline: String? = nil
    ) {
        self.role = role
        self.round = round
        self.product = product
        self.next = next
        self.agent = agent
        self.usage = usage
        self.durationMs = durationMs
        self.additions = additions
        self.baseline = baseline
    }

    /// The round of who works next: a reviewer that wants changes begins a new one.
    public var nextRound: Int { role == .reviewer ? round + 1 : round }
}

/// How a message is to be worked on, by the selector's word.
public struct Route: Hashable, Sendable {
    /// Whether there will be a plan.
    public var mode: Mode
    /// Why; empty when it did not say.
    public var reason: String
    /// False when the selector's answer could not be read, which means single.
    public var isReadable: Bool

    /// Creates a route from its parts.
    public init(_ mode: Mode, reason: String = "", isReadable: Bool = true) {
        self.mode = mode
        self.reason = reason
        self.isReadable = isReadable
    }
}

/// What the reviewer thinks of the work.
public struct Verdict: Hashable, Sendable {
    /// Whether the work is good as it is.
    public var isApproved: Bool
    /// What to change, or a remark.
    public var feedback: String
    /// False when the reviewer's answer could not be read, which counts as approved.
    public var isReadable: Bool

    /// Creates a verdict from its parts.
    public init(isApproved: Bool, feedback: String = "", isReadable: Bool = true) {
        self.isApproved = isApproved
        self.feedback = feedback
        self.isReadable = isReadable
    }
}

/// How the reviews of a turn ended.
public struct Review: Hashable, Sendable {
    /// The ways it can end.
    public enum Result: String, Sendable {
        case approved
        /// The turn ended before the changes that the reviewer wanted were reviewed.
        case needsChanges = "needs_changes"
        /// The reviewer wanted changes in the last round, too.
        case maxRoundsReached = "max_rounds_reached"
    }

    /// How many reviews there were.
    public var rounds: Int
    /// What the last one came to.
    public var result: Result

    /// Creates a review from its parts.
    public init(rounds: Int, result: Result) {
        self.rounds = rounds
        self.result = result
    }
}
