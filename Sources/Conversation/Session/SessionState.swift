/// Where a session stands: a fold of its records.
///
/// Changes only by ``apply(_:)``.
public struct SessionState: Sendable {
    /// A message that waits for its turn.
    public struct Waiting: Hashable, Sendable {
        /// Which message it is.
        public var id: Message.ID
        /// What was said.
        public var message: Message
        /// Counts from 1; 2 when the message runs again after a crash.
        public var attempt: Int

        /// Creates an entry of the queue.
        public init(id: Message.ID, message: Message, attempt: Int = 1) {
            self.id = id
            self.message = message
            self.attempt = attempt
        }
    }

    /// The session.
    public let id: SessionID
    /// How messages are worked on.
    public var mode: Mode
    /// Which agent answers.
    public var agent: AgentChoice
    /// The threads that agents keep for this session, by the agent's name.
    public var threads: [String: String]
    /// First in, first out.
    public var waiting: [Waiting]
    /// The turn under way; nil when none is.
    public var running: RunningTurn?
    /// How the last turn since the conversation began ended; nil when there was none.
    public var last: Outcome?

    /// True between the decision to start the first waiting message and the record that it started.
    private var isStarting = false
    /// Those of ``waiting`` that are about to be dropped.
    private var dropping: Set<Message.ID> = []

    /// Creates the state of a session; a new one when only `id` is given.
    public init(
        id: SessionID, mode: Mode = .initial, agent: AgentChoice = .auto, threads: [String: String] = [:],
        waiting: [Waiting] = [], running: RunningTurn? = nil, last: Outcome? = nil
    ) {
        self.id = id
        self.mode = mode
        self.agent = agent
        self.threads = threads
        self.waiting = waiting
        self.running = running
        self.last = last
    }

    /// Whether a turn runs or is about to.
    public var isBusy: Bool { running != nil || isStarting }

    /// How many messages wait behind the one that runs or is about to.
    var waitingCount: Int { waiting.count - (isStarting ? 1 : 0) }

    /// The message to start now, or nil when the session is busy or nothing waits.
    ///
    /// Asked once per start.
    mutating func takeNext() -> Waiting? {
        guard !isBusy, let first = waiting.first(where: { !dropping.contains($0.id) }) else { return nil }
        isStarting = true
        return first
    }

    /// The waiting messages that can still be dropped; from now on none of them is started.
    mutating func takeDroppable() -> [Message.ID] {
        let droppable = (isStarting ? waiting.dropFirst() : waiting[...]).map(\.id).filter { !dropping.contains($0) }
        dropping.formUnion(droppable)
        return droppable
    }

    /// Gives back what ``takeDroppable()`` handed out, because the drop could not be recorded.
    mutating func dropFailed(_ messages: [Message.ID]) { dropping.subtract(messages) }

    /// Takes in what happened.
    package mutating func apply(_ record: Record) {
        switch record.event {
        case .accepted(let id, let message):
            waiting.append(Waiting(id: id, message: message))
        case .dropped(let ids):
            waiting.removeAll { ids.contains($0.id) }
            dropping.subtract(ids)
        case .started(let turn):
            isStarting = false
            waiting.removeAll { $0.id == turn.message }
            running = RunningTurn(turn: turn, startedAt: record.time)
        case .delta, .action, .approval:
            running?.apply(record)
        case .finished(let id, let outcome):
            finish(id, outcome)
        case .changed(let change):
            apply(change)
        case .notice:
            break
        }
    }

    private mutating func finish(_ id: Turn.ID, _ outcome: Outcome) {
        guard let turn = running?.turn, turn.id == id else { return }
        running = nil
        last = outcome
        if outcome.runsAgain {
            waiting.insert(Waiting(id: turn.message, message: turn.asMessage, attempt: turn.attempt + 1), at: 0)
        }
    }

    private mutating func apply(_ change: SessionChange) {
        switch change {
        case .mode(let mode): self.mode = mode
        case .agent(let choice): agent = choice
        case .thread(let agent, let thread): threads[agent] = thread
        case .renewed:
            threads = [:]
            mode = .initial
            last = nil
        }
    }
}
