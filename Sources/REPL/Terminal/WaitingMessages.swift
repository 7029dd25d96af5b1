import Conversation

/// The turn that runs in a session and the messages behind it, as far as its events tell.
///
/// A fold that forgives: an event that is missed or told twice leads to no wrong count for long.
struct WaitingMessages {
    /// The turn under way; nil when none is.
    private(set) var running: Turn?
    private var waiting: Set<Message.ID> = []
    /// What went into the running turn.
    private var steered: Set<Message.ID> = []

    /// How many messages wait for a turn of their own.
    var count: Int { waiting.count }

    /// How many are before a message that is accepted now, the one being worked on included.
    var ahead: Int { count + (running == nil ? 0 : 1) }

    mutating func take(_ event: Event) {
        switch event {
        case .accepted(let id, _):
            waiting.insert(id)
        case .dropped(let ids):
            waiting.subtract(ids)
        case .started(let turn):
            // First in, first out: none before it can wait any more.
            waiting = waiting.filter { $0.rawValue > turn.message.rawValue }
            (running, steered) = (turn, [])
        case .steered(_, let id):
            waiting.remove(id)
            steered.insert(id)
        case .unsteered(_, let id):
            steered.remove(id)
            waiting.insert(id)
        case .finished(_, let outcome):
            if outcome.runsAgain, let running { waiting.formUnion(steered.union([running.message])) }
            noteEnd()
        case .changed(.renewed), .deleted:
            // Done only while nothing runs.
            noteEnd()
            waiting = []
        case .stopping, .delta, .action, .approval, .stage, .changed, .shared, .notice, .revised:
            break
        }
    }

    /// No turn runs, whatever was missed.
    mutating func noteEnd() { (running, steered) = (nil, []) }
}
