import Conversation
import JSONRPC
import Locking
import Logging

/// A conversation that Codex keeps.
///
/// Codex opens it with the sandbox `read-only`, and each turn brings its own: for a thread that may write from its
/// start, Codex notes in the user's configuration that the directory is trusted.
///
/// A class with a lock: the reader of the connection, the core and a person's interrupt all come in here, and none may
/// wait for another.
final class CodexThread: AgentThread {
    typealias Events = AsyncThrowingStream<AgentEvent, any Error>

    struct Running {
        var turn: CodexTurn
        var events: Events.Continuation
        var approvals: [String: CodexApproval] = [:]
        var replies: [String: Reply] = [:]
        var isInterrupted = false
        /// Tells one turn from the next, for whoever waits for the end of this one.
        var number: Int
        /// Given when Codex has begun the turn, or it is over.
        let begun = Signal()
        /// Given when it is over.
        let ended = Signal()
        /// Codex's attempts to reach its model since the last progress.
        var retries: Retries?
        /// Why we gave the turn up, which it ends with.
        var verdict: TurnError?
    }

    /// Attempts in a row.
    struct Retries {
        /// Tells one row from the next.
        var number: Int
        var reason: String
    }

    /// How a turn is to be run, which may change from one to the next and so is sent with each.
    struct Terms {
        var directory: String
        /// nil for the one that the thread was opened with.
        var sandboxPolicy: JSONValue?
        /// nil for the agent's own.
        var model: String?
    }

    struct State {
        var running: Running?
        var total: JSONValue?
        var turns = 0
        var rows = 0
        var lastUse: Duration
        var terms: Terms
        /// Given when what an interrupted turn left running was ended; nil when there is nothing to wait for.
        var cleaned: Signal?
    }

    let threadID: String
    let predecessor: String?
    let process: CodexProcess
    /// The name of the server whose tools are ours; nil when it has none.
    let toolServer: String?
    let state: Locked<State>
    /// What answers when no model is asked for; nil where Codex has not told, and for the one it was opened with.
    private let ownModel: String?

    /// `age` is the process's at its opening; a fork has a predecessor.
    init(
        _ threadID: String, of process: CodexProcess, on terms: Terms, ownModel: String? = nil,
        predecessor: String? = nil, toolServer: String? = nil, at age: Duration
    ) {
        self.threadID = threadID
        self.toolServer = toolServer
        self.predecessor = predecessor
        self.process = process
        self.ownModel = ownModel
        state = Locked(State(lastUse: age, terms: terms))
    }

    var id: String? { threadID }

    func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        // A new turn would go into one that nobody reads any more.
        try await settle()
        // Unbounded: the agent must not be slowed down, and a turn's text is bounded by the model.
        let (stream, events) = Events.makeStream(of: AgentEvent.self, bufferingPolicy: .unbounded)
        let (number, begun, terms) = state.withLock { state in
            state.turns += 1
            let running = Running(turn: CodexTurn(total: state.total), events: events, number: state.turns)
            state.running = running
            return (state.turns, running.begun, state.terms)
        }
        events.onTermination = { [weak self] reason in
            if case .cancelled = reason { self?.requestInterrupt(number) }
        }
        do {
            let start = CodexCall.StartTurn(
                threadId: threadID, input: [.init(text: request.text)], cwd: terms.directory,
                sandboxPolicy: terms.sandboxPolicy, model: terms.model ?? ownModel,
                outputSchema: request.schema.map(JSONValue.init(schema:)))
            let started = try await process.call(start)
            if let id = started.turn?.id { learn(id) }
            if try await !process.wait(for: begun, within: process.options.startTimeout) {
                let message = "codex took the message and did not begin with it within \(process.options.startTimeout)"
                giveUp(number, TurnError(kind: .internal, message: message))
            }
        } catch {
            if error is CancellationError { requestInterrupt() } else { abandon() }
            throw error
        }
        return stream
    }

    func steer(_ text: String) async throws {
        let refusal = AgentError(.refused, "no turn of codex runs that could be steered")
        guard let (number, begun) = state.withLock({ $0.running.map { ($0.number, $0.begun) } }) else { throw refusal }
        // Before the turn has begun Codex knows of none.
        _ = try await process.wait(for: begun, within: process.options.requestTimeout)
        let turn = state.withLock { state in
            state.running.flatMap { $0.number == number && $0.turn.hasStarted ? $0.turn.id : nil }
        }
        guard let turn else { throw refusal }
        let steer = CodexCall.SteerTurn(threadId: threadID, expectedTurnId: turn, input: [.init(text: text)])
        _ = try await process.call(steer)
    }

    func interrupt() async { requestInterrupt() }

    func close() async { process.close(self) }

    /// The process is gone: ends the running turn with `error`.
    func end(_ error: AgentError) {
        let (running, cleaned) = state.withLock { state in
            defer {
                state.running = nil
                state.cleaned = nil
            }
            return (state.running, state.cleaned)
        }
        cleaned?.give()
        running?.begun.give()
        running?.ended.give()
        running?.events.finish(throwing: error)
    }

    // MARK: Use

    /// Notes that somebody wants to run a turn.
    func use(at age: Duration) { state.withLock { $0.lastUse = age } }

    /// Where its turns run.
    var directory: String { state.withLock { $0.terms.directory } }

    /// Has the next turns run in `directory`.
    func move(to directory: String, sandboxPolicy: JSONValue?) {
        state.withLock { ($0.terms.directory, $0.terms.sandboxPolicy) = (directory, sandboxPolicy) }
    }

    /// Has the next turns answered by `model`, nil for the agent's own.
    func choose(_ model: String?) { state.withLock { $0.terms.model = model } }

    /// Whether no turn runs, and none ran or was wanted after `age`.
    func isUnused(since age: Duration) -> Bool { state.withLock { $0.running == nil && $0.lastUse <= age } }

    // MARK: Interrupts

    /// The number of the running turn; nil when none runs.
    var runningNumber: Int? { state.withLock { $0.running?.number } }

    /// Has the running turn ended, and waits until it is, and what it left running.
    ///
    /// Bounded: a process that does not stop is replaced, and its turns end.
    func settle() async throws {
        if let ended = state.withLock({ $0.running?.ended }) {
            requestInterrupt()
            try await ended.given()
        }
        // Else the end of what the turn left running could meet what the next one starts.
        if let cleaned = state.withLock({ $0.cleaned }) { try await process.wait(asCourtesyFor: cleaned) }
    }

    /// Has turn `number` interrupted, to end with `error` instead of as interrupted.
    func giveUp(_ number: Int, _ error: TurnError) {
        let isRunning = state.withLock { state in
            guard state.running?.number == number, state.running?.isInterrupted == false else { return false }
            state.running?.verdict = error
            return true
        }
        if isRunning { requestInterrupt() }
    }

    /// What an interrupted turn left running is ended, as far as Codex could.
    func noteCleaned() {
        state.withLock { state in
            defer { state.cleaned = nil }
            return state.cleaned
        }?.give()
    }

    private func learn(_ turn: String) {
        let isDue = state.withLock { state in
            guard state.running != nil, state.running?.turn.id == nil else { return false }
            state.running?.turn.learn(turn)
            return state.running?.isInterrupted ?? false
        }
        if isDue { process.interrupt(self, turn: turn) }
    }

    /// The turn could not be started.
    private func abandon() {
        let running = state.withLock { state in
            defer { state.running = nil }
            return state.running
        }
        running?.begun.give()
        running?.ended.give()
    }

    /// Has the running turn interrupted as soon as its id is known.
    ///
    /// The second request for a turn does nothing.
    private func requestInterrupt(_ number: Int? = nil) {
        let (found, turn) = state.withLock { state -> (Int?, String?) in
            guard let running = state.running, !running.isInterrupted, running.number == number ?? running.number
            else { return (nil, nil) }
            state.running?.isInterrupted = true
            return (running.number, running.turn.id)
        }
        if let found { process.insist(on: self, number: found) }
        if let turn { process.interrupt(self, turn: turn) }
    }
}
