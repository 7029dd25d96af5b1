/// A turn under way: a fold of its events.
public struct RunningTurn: Sendable {
    /// The turn.
    public var turn: Turn
    /// When it was recorded that it started.
    public var startedAt: Timestamp
    /// When the agent was heard of last.
    public var lastEventAt: Timestamp
    /// True once a command, a file change, a tool call or an approval was seen: it is not repeated after a crash.
    ///
    /// In plan mode it is about the stage under way: those before it are not repeated anyway.
    public var hasActed = false
    /// True once a stage that is over had acted: what it did stays, and is told.
    var hasActedBefore = false
    /// True once it is on disk that a person wants it to end: it does not run again.
    public var isStopping = false
    /// Who that person is and from where, for people; nil where that is not known.
    public var stoppedBy: String?
    /// What the agent did so far, in order, each action once with its latest status.
    public var actions: [Action] = []
    /// What the stages of plan mode came to that are over.
    public var stages: [StageReport] = []
    /// What the agent said so far, all its messages.
    public var text = ""
    /// Messages that were put into the turn while it ran, in order.
    public var steered: [SessionState.Waiting] = []
    /// What was allowed and the agent has not reacted to: it may have died before it heard of it.
    public var unheard: [Approval] = []
    /// What was denied, or closed without an answer.
    public var refused: [Approval] = []
    /// What the agent waits for an answer to, oldest first.
    public var asked: [Approval] = []

    /// How long it waited for people up to the last time that it went on, in milliseconds.
    private var waitedMs: Int64 = 0
    /// Since when it waits for a person; nil while it does not.
    private var waitsSince: Timestamp?

    /// Creates the state of a turn that has just started.
    public init(turn: Turn, startedAt: Timestamp) {
        self.turn = turn
        self.startedAt = startedAt
        stages = turn.progress
        // Whoever answered may have acted: it is not known any more.
        hasActedBefore = turn.progress.contains { $0.role == .developer }
        lastEventAt = startedAt
    }

    /// The action that is under way, the latest first.
    public var activity: Action? { actions.last { $0.status == .started } }

    /// Who works; nil when that is not known yet.
    public var role: Role? { stages.last?.next }

    /// Whether it waits for a person.
    public var isWaitingForPerson: Bool { waitsSince != nil }

    /// What people have allowed and the agent has to be told once more, should it have died.
    var untold: [Approval] { unheard.filter { $0.answer?.basis == .person } }

    /// How long it has waited for people until `now`, in milliseconds.
    func waited(until now: Timestamp) -> Int64 {
        waitedMs + (waitsSince.map { now.milliseconds(since: $0) } ?? 0)
    }

    /// Takes in what belongs to this turn.
    ///
    /// Also used when a turn is read back from the journal.
    package mutating func apply(_ record: Record) {
        let heard = lastEventAt
        lastEventAt = record.time
        switch record.event {
        case .stopping(_, let by):
            // Nothing was heard of the agent by that.
            (isStopping, stoppedBy, lastEventAt) = (true, by, heard)
        case .delta(_, let delta):
            text += delta
            unheard = []
        case .action(_, let action):
            apply(action)
            unheard = []
        case .approval(_, let approval):
            apply(approval, at: record.time)
        case .stage(_, let report):
            stages.append(report)
            if report.role == .developer {
                hasActedBefore = hasActedBefore || hasActed
                // It has heard them: another round is told of them, and nobody works on them again.
                steered = []
            }
            hasActed = false
            unheard = []
        case .accepted, .dropped, .started, .steered, .unsteered, .finished, .changed, .shared, .notice, .revised,
            .deleted:
            break
        }
    }

    private mutating func apply(_ approval: Approval, at time: Timestamp) {
        hasActed = true
        asked.removeAll { $0.id == approval.id }
        switch approval.answer?.decision.isPositive {
        case nil: asked.append(approval)
        case true?:
            unheard.append(approval)
            refused.removeAll { $0.request.permission == approval.request.permission }
        case false?: refused.append(approval)
        }
        switch (waitsSince, asked.isEmpty) {
        case (nil, false):
            waitsSince = time
        case (let since?, true):
            waitedMs += time.milliseconds(since: since)
            waitsSince = nil
        case (nil, true), (_?, false):
            break
        }
    }

    /// Takes in `action`.
    mutating func apply(_ action: Action) {
        if action.acts { hasActed = true }
        if let index = actions.firstIndex(where: { $0.id == action.id }) {
            actions[index] = action
        } else {
            actions.append(action)
        }
    }
}
