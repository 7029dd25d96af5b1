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
        /// Counts from 1; more when the message runs again.
        public var attempt: Int
        /// What the stages came to that a crash did not hit.
        public var progress: [StageReport]
        /// How many of its turns were cut off in good order, and are no crashes.
        public var spared: Int

        /// Creates an entry of the queue.
        public init(
            id: Message.ID, message: Message, attempt: Int = 1, progress: [StageReport] = [], spared: Int = 0
        ) {
            self.id = id
            self.message = message
            self.attempt = attempt
            self.progress = progress
            self.spared = spared
        }
    }

    /// The session.
    public let id: SessionID
    /// How messages are worked on; nil for the usual way.
    public var mode: Mode?
    /// The name of the profile; nil for the default one.
    public var profile: String?
    /// Which agent answers.
    public var agent: AgentChoice
    /// The threads that agents keep for this session.
    public var threads: [ThreadKey: String]
    /// First in, first out.
    public var waiting: [Waiting]
    /// The turn under way; nil when none is.
    public var running: RunningTurn?
    /// How the last turn since the conversation began ended; nil when there was none.
    public var last: Outcome?

    /// What agents ask and nobody has answered, oldest first; also of turns that a crash has ended.
    public var approvals: [Approval]
    /// What was allowed when the agent could no longer hear it.
    ///
    /// Each counts once, when the same is asked again in the turn that its note starts, and ends with that turn.
    public var grants: [Approval]
    /// What is allowed as long as the conversation lasts.
    public var allowances: Set<Permission>

    /// The messages accepted last that have a key.
    private var keys: RecentKeys
    /// True between the decision to start the first waiting message and the record that it started.
    private var isStarting = false

    /// Creates the state of a session; a new one when only `id` is given.
    public init(
        id: SessionID, mode: Mode? = nil, profile: String? = nil, agent: AgentChoice = .auto,
        threads: [ThreadKey: String] = [:], waiting: [Waiting] = [], running: RunningTurn? = nil, last: Outcome? = nil,
        approvals: [Approval] = [],
        grants: [Approval] = [], allowances: Set<Permission> = [], keys: RecentKeys = RecentKeys()
    ) {
        self.id = id
        self.mode = mode
        self.profile = profile
        self.agent = agent
        self.threads = threads
        self.waiting = waiting
        self.running = running
        self.last = last
        self.approvals = approvals
        self.grants = grants
        self.allowances = allowances
        self.keys = keys
    }

    /// The message under which the one with the key of `message` was accepted; nil when it was not.
    func accepted(_ message: Message) -> Message.ID? { message.key.flatMap(accepted(under:)) }

    /// The message that was accepted under `key`; nil for none, and for one so long ago that it is forgotten.
    func accepted(under key: String) -> Message.ID? { waiting.first { $0.message.key == key }?.id ?? keys[key] }

    /// The agent to ask for: the one that a person chose, else the developer's in `profile`.
    func choice(of profile: Profile, in mode: Mode) -> AgentChoice {
        guard agent == .auto, let executor = profile.settings(of: .developer, in: mode).executor else { return agent }
        return .named(executor)
    }

    /// Whether a turn runs or is about to.
    public var isBusy: Bool { running != nil || isStarting }

    /// How many messages wait behind the one that runs or is about to.
    var waitingCount: Int { waiting.count - (isStarting ? 1 : 0) }

    /// The message to start now, or nil when the session is busy or nothing waits.
    ///
    /// Asked once per start.
    mutating func takeNext() -> Waiting? {
        guard !isBusy, let first = waiting.first else { return nil }
        isStarting = true
        return first
    }

    /// The message whose turn is about to start; nil for none.
    var starting: Message.ID? { isStarting ? waiting.first?.id : nil }

    /// The waiting messages whose turn is not about to start.
    var behind: [Waiting] { Array(isStarting ? waiting.dropFirst() : waiting[...]) }

    /// What allows `permission` in the running turn because it was allowed before it; nil for nothing.
    func grant(of permission: Permission) -> Approval? {
        guard let running else { return nil }
        return grants.first { $0.answer?.note == running.turn.message && $0.request.permission == permission }
    }

    /// How many messages are before this one, the one being worked on included; none when it does not wait.
    func ahead(of id: Message.ID) -> Int {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return 0 }
        return index + (running == nil ? 0 : 1)
    }

    /// Takes in what happened.
    package mutating func apply(_ record: Record) {
        switch record.event {
        case .accepted(let id, let message):
            waiting.append(Waiting(id: id, message: message))
            if let key = message.key { keys.add(key, id) }
        case .revised(let id, let text):
            guard let index = waiting.firstIndex(where: { $0.id == id }) else { break }
            waiting[index].message.text = text
        case .dropped(let ids):
            waiting.removeAll { ids.contains($0.id) }
            endGrants(of: ids)
        case .started(var turn):
            isStarting = false
            if let waited = waiting.first(where: { $0.id == turn.message }) {
                // What is not kept with the turn.
                (turn.progress, turn.spared) = (waited.progress, waited.spared)
            }
            waiting.removeAll { $0.id == turn.message }
            running = RunningTurn(turn: turn, startedAt: record.time)
        case .steered(_, let id):
            guard let index = waiting.firstIndex(where: { $0.id == id }) else { break }
            running?.steered.append(waiting.remove(at: index))
        case .unsteered(_, let id):
            guard let index = running?.steered.firstIndex(where: { $0.id == id }),
                let message = running?.steered.remove(at: index)
            else { break }
            requeue([message])
        case .delta, .action, .stage:
            running?.apply(record)
        case .stopping(let turn, _):
            if running?.turn.id == turn { running?.apply(record) }
        case .approval(let turn, let approval):
            apply(approval)
            if running?.turn.id == turn { running?.apply(record) }
        case .finished(let id, let outcome):
            finish(id, outcome)
        case .changed(let change):
            apply(change)
        case .shared, .notice:
            break
        case .deleted:
            self = SessionState(id: id)
        }
    }

    private mutating func finish(_ id: Turn.ID, _ outcome: Outcome) {
        guard let running, running.turn.id == id else { return }
        self.running = nil
        last = outcome
        let turn = running.turn
        if outcome.runsAgain {
            let message = Waiting(
                id: turn.message, message: turn.request, attempt: turn.attempt + 1, progress: running.stages,
                spared: turn.spared + (outcome.isSpared ? 1 : 0))
            requeue([message] + running.steered)
        } else {
            endGrants(of: [turn.message])
        }
    }

    private mutating func endGrants(of notes: [Message.ID]) {
        grants.removeAll { grant in notes.contains { $0 == grant.answer?.note } }
    }

    /// Puts messages back to their place: the order of the queue is that of acceptance.
    private mutating func requeue(_ messages: [Waiting]) {
        waiting = (waiting + messages).sorted { $0.id.rawValue < $1.id.rawValue }
    }

    private mutating func apply(_ approval: Approval) {
        approvals.removeAll { $0.id == approval.id }
        guard let answer = approval.answer else {
            approvals.append(approval)
            return
        }
        if answer.decision == .allowForSession, approval.request.isRepeatable {
            allowances.insert(approval.request.permission)
        }
        if case .grant(let id) = answer.basis { grants.removeAll { $0.id == id } }
        if approval.isGrant { grants.append(approval) }
    }

    private mutating func apply(_ change: SessionChange) {
        switch change {
        case .mode(let mode): self.mode = mode
        case .agent(let choice): agent = choice
        case .profile(let name): profile = name
        case .thread(let key, let thread): threads[key] = thread
        case .renewed:
            threads = [:]
            (mode, profile, last) = (nil, nil, nil)
            (approvals, grants, allowances) = ([], [], [])
        }
    }
}
