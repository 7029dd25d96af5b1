/// A turn under way: the steps left, and what it waits for.
struct RunningTurn {
    /// What keeps a turn from its next step.
    enum State {
        /// Nothing, once the time has come.
        case ready(at: ContinuousClock.Instant)
        /// The client's answer, from which the next steps are made.
        case asking(then: (JSON) -> [Step])
        /// An interrupt.
        case waiting
    }

    let id: String
    let thread: String
    var state: State
    private var steps: ArraySlice<Step>
    private(set) var text = ""

    init(id: String, thread: String, steps: [Step]) {
        self.id = id
        self.thread = thread
        self.steps = steps[...]
        state = .ready(at: .now)
    }

    /// When the next step is due; nil while the turn waits for the client.
    var due: ContinuousClock.Instant? {
        guard case .ready(let time) = state else { return nil }
        return time
    }

    /// Takes the next step off; nil when none is left.
    mutating func takeStep() -> Step? {
        steps.popFirst()
    }

    /// Goes on with the answer to what the turn asked.
    mutating func resume(with response: JSON) {
        guard case .asking(let then) = state else { return }
        steps = then(response) + steps
        state = .ready(at: .now)
    }

    mutating func append(_ delta: String) {
        text += delta
    }
}
