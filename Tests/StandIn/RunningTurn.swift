#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A turn under way: the steps left, and what it waits for.
struct RunningTurn {
    /// What keeps a turn from its next step.
    enum State {
        /// Nothing, once the time has come.
        case ready(at: ContinuousClock.Instant)
        /// The client's answer, from which the next steps are made.
        case asking(then: (JSON) -> [Step])
        /// The end of a command, from which the next steps are made.
        case running(Command, then: (Bool) -> [Step])
        /// The file of this path.
        case holding(String)
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
        switch state {
        case .ready(let time): time
        case .running, .holding: .now + .milliseconds(5)
        case .asking, .waiting: nil
        }
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

    /// Goes on when the file is there for which it waits.
    mutating func lookAtHold() {
        guard case .holding(let path) = state, access(path, F_OK) == 0 else { return }
        state = .ready(at: .now)
    }

    /// Goes on when its command has ended.
    mutating func lookAtCommand() {
        guard case .running(let command, let then) = state, let isSuccess = command.result else { return }
        steps = then(isSuccess) + steps
        state = .ready(at: .now)
    }

    /// Ends the command that it runs, if it runs one.
    func endCommand() {
        if case .running(let command, _) = state { command.end() }
    }

    /// Says nothing more of what it was to say, and then does this.
    mutating func turn(to steps: [Step]) {
        self.steps = (self.steps.filter { !$0.isSaying } + steps)[...]
        if case .ready = state { state = .ready(at: .now) }
    }

    mutating func append(_ delta: String) {
        text += delta
    }
}
