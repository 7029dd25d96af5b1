/// A turn under way: a fold of its events.
public struct RunningTurn: Sendable {
    /// The turn.
    public var turn: Turn
    /// When it was recorded that it started.
    public var startedAt: Timestamp
    /// When the agent was heard of last.
    public var lastEventAt: Timestamp
    /// True once a command, a file change, a tool call or an approval was seen: it is not repeated after a crash.
    public var hasActed = false
    /// What the agent did so far, in order, each action once with its latest status.
    public var actions: [Action] = []
    /// What the agent said so far, all its messages.
    public var text = ""

    /// Creates the state of a turn that has just started.
    public init(turn: Turn, startedAt: Timestamp) {
        self.turn = turn
        self.startedAt = startedAt
        lastEventAt = startedAt
    }

    /// The action that is under way, the latest first.
    public var activity: Action? { actions.last { $0.status == .started } }

    mutating func apply(_ record: Record) {
        lastEventAt = record.time
        switch record.event {
        case .delta(_, let delta):
            text += delta
        case .action(_, let action):
            apply(action)
        case .approval:
            hasActed = true
        case .accepted, .dropped, .started, .finished, .changed, .notice:
            break
        }
    }

    /// Takes in `action`.
    ///
    /// Also used when a turn is read back from the journal.
    public mutating func apply(_ action: Action) {
        if action.kind.acts { hasActed = true }
        if let index = actions.firstIndex(where: { $0.id == action.id }) {
            actions[index] = action
        } else {
            actions.append(action)
        }
    }
}
