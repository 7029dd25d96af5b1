/// A persistent agent behind one interface, whatever program it is.
///
/// A port: adapters conform. A shell may start its process at the first ``open(_:)`` and replace it when it dies.
public protocol AgentShell: Sendable {
    /// The name people choose it by, for example `codex`.
    var name: String { get }

    /// Whether it can play the roles of plan mode: it understands what it is told to be.
    var playsRoles: Bool { get }

    /// Whether it answers by rules, which know a message only as somebody said it: nothing is put before it.
    var answersByRules: Bool { get }

    /// Makes sure that the agent answers, starting it when needed.
    ///
    /// Bounded in time. Throws ``AgentError`` with the code `unavailable` when the agent cannot be had.
    func prepare() async throws

    /// Opens the conversation of a session: the one the agent keeps under `request.resume`, else a new one.
    ///
    /// A thread that the agent no longer has is replaced by a new one; the caller sees it by the differing id.
    /// Throws ``AgentError``; on cancellation throws `CancellationError` and leaves nothing behind.
    func open(_ request: ThreadRequest) async throws -> any AgentThread

    /// How the agent is, without touching it.
    func status() async -> ShellStatus
}

extension AgentShell {
    /// False: agents that understand what they are told.
    public var answersByRules: Bool { false }
}

/// One conversation that an agent keeps.
///
/// A port: adapters conform. At most one turn runs on a thread at a time; the caller sees to that.
public protocol AgentThread: Sendable {
    /// The agent's id of this thread, by which it can be resumed in a new process; nil when it cannot.
    var id: String? { get }

    /// The id of another thread of which this one has the whole conversation; nil when there is none.
    var predecessor: String? { get }

    /// Starts a turn and returns what comes of it.
    ///
    /// The stream ends after `finished`, or throws ``AgentError``, code `died`, when the agent dies. It holds what the
    /// agent said and the caller has not read; the agent is not slowed down. When the caller stops reading before the
    /// end, the turn is interrupted. Throws ``AgentError`` when the turn cannot be started.
    func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error>

    /// Puts `text` into the running turn, so that the agent takes it into account before the turn ends.
    ///
    /// Returns when the agent has taken it. Throws ``AgentError``, code `refused`, when no turn runs or this agent cannot
    /// be steered; nothing of the text has reached it then. Bounded in time.
    func steer(_ text: String) async throws

    /// Asks the agent to stop the running turn; with none running does nothing.
    ///
    /// The stream then ends with `finished(.interrupted)` within the shell's interrupt timeout, or throws: an agent
    /// that does not stop is replaced.
    func interrupt() async

    /// Answers the request of this id, which the running turn made. An id that is not open (any more) is ignored.
    ///
    /// An agent that knows no answer for the session takes it for this once: the core answers repetitions.
    func answer(_ request: String, _ decision: ApprovalDecision) async

    /// Has the agent forget the thread, which was opened for an errand; no turn runs on it any more, or it is ended.
    ///
    /// Returns at once, also in a cancelled task.
    func close() async
}

extension AgentThread {
    /// None: agents that copy conversations say so themselves.
    public var predecessor: String? { nil }
}

/// What a shell needs to open a thread.
public struct ThreadRequest: Sendable {
    /// The session whose conversation it is.
    public var session: SessionID
    /// The agent's id of the thread to go on with; nil for a new one.
    public var resume: String?
    /// The model to answer with; nil for the shell's own choice.
    public var model: String?
    /// Where the agent is to work, an absolute path; nil for the shell's own place.
    public var workingDirectory: String?
    /// What it is for.
    public var purpose = ThreadPurpose.conversation
    /// Tools that the agent gets beside its own, and uses without asking; nil for none.
    ///
    /// For conversations only. An agent that cannot have any takes no notice; one in which they do not start works
    /// without them, and says so in the log.
    public var tools: ToolServer?
    /// What the agent may ask of the core.
    public var operations: any Operations

    /// Creates a request.
    public init(session: SessionID, resume: String?, model: String? = nil, operations: any Operations) {
        self.session = session
        self.resume = resume
        self.model = model
        self.operations = operations
    }
}

/// What a thread is for.
public enum ThreadPurpose: Hashable, Sendable {
    /// A conversation that goes on.
    case conversation
    /// One question: the agent only reads, gets none of our tools, asks for no approval, and keeps nothing.
    case errand
}

/// What a thread needs to run a turn.
public struct TurnRequest: Hashable, Sendable {
    /// What was said to the agent, as it was said.
    public var text: String
    /// The form of the last message; nil for words.
    ///
    /// An agent that cannot be held to it takes no notice.
    public var schema: AnswerSchema?

    /// Creates a request.
    public init(text: String, schema: AnswerSchema? = nil) {
        self.text = text
        self.schema = schema
    }
}

/// How a shell is.
public struct ShellStatus: Hashable, Sendable {
    /// The name people choose it by.
    public var name: String
    /// Whether its process is there, ready or not.
    public var isRunning: Bool
    /// Whether it would take a turn at once.
    public var isReady: Bool
    /// Whether its program is there at all; where it is not, the detail tells.
    public var isInstalled = true
    /// The process; nil when there is none, or none of its own.
    public var pid: Int32?
    /// Whole seconds since it became ready.
    public var uptimeSeconds: Int?
    /// Threads it holds open.
    public var threads: Int
    /// Version or place: one line for people.
    public var detail: String
    /// Why it could not be started last, or ended last; nil when it never did.
    public var lastError: String?
    /// How much of the account's limits is used, as the agent reports it: one line each for people.
    public var limits: [String]

    /// Creates a status from its parts.
    public init(
        name: String, isRunning: Bool, isReady: Bool, pid: Int32? = nil, uptimeSeconds: Int? = nil, threads: Int = 0,
        detail: String = "", lastError: String? = nil, limits: [String] = []
    ) {
        self.name = name
        self.isRunning = isRunning
        self.isReady = isReady
        self.pid = pid
        self.uptimeSeconds = uptimeSeconds
        self.threads = threads
        self.detail = detail
        self.lastError = lastError
        self.limits = limits
    }
}
