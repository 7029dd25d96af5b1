/// What became of one message: a fold of the events from the one by which it was accepted.
struct MessageFate {
    let id: Message.ID
    /// The text that it had last.
    private(set) var text = ""
    private(set) var isDropped = false
    private var isAnswered = false
    /// The turn that it went into last without being its message; nil once a turn of its own has started.
    private(set) var turn: Turn.ID?

    init(_ id: Message.ID) { self.id = id }

    /// Whether no event can change it any more.
    var isSettled: Bool { isDropped || isAnswered }

    mutating func take(_ event: Event) {
        guard !isSettled else { return }
        switch event {
        case .accepted(id, let message): text = message.text
        case .revised(id, let new): text = new
        case .dropped(let ids): isDropped = ids.contains(id)
        case .started(let turn) where turn.message == id: (isAnswered, self.turn) = (true, nil)
        case .steered(let turn, id): self.turn = turn
        case .unsteered(_, id): turn = nil
        case .finished(let turn, let outcome): isAnswered = turn == self.turn && !outcome.runsAgain
        case .accepted, .started, .revised, .steered, .unsteered, .stopping, .delta, .action, .approval, .stage,
            .changed,
            .shared, .notice, .deleted:
            break
        }
    }
}
