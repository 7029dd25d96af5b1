import Conversation
import JSONRPC
import Locking
import Logging

/// A conversation that Codex keeps.
///
/// A class with a lock: the reader of the connection, the core and a person's interrupt all come in here, and none may
/// wait for another.
final class CodexThread: AgentThread {
    private struct Running {
        var turn: CodexTurn
        var events: AsyncThrowingStream<AgentEvent, any Error>.Continuation
        var approvals: [String: CodexApproval] = [:]
        var isInterrupted = false
        /// Tells one turn from the next, for whoever waits for the end of this one.
        var number: Int
    }

    private struct State {
        var running: Running?
        var total: JSONValue?
        var turns = 0
    }

    let threadID: String
    private let process: CodexProcess
    private let state = Locked(State())

    init(_ threadID: String, of process: CodexProcess) {
        self.threadID = threadID
        self.process = process
    }

    var id: String? { threadID }

    func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        // Unbounded: the agent must not be slowed down, and a turn's text is bounded by the model.
        let (stream, events) = AsyncThrowingStream.makeStream(of: AgentEvent.self, bufferingPolicy: .unbounded)
        state.withLock { state in
            state.turns += 1
            state.running = Running(turn: CodexTurn(total: state.total), events: events, number: state.turns)
        }
        events.onTermination = { [weak self] reason in
            if case .cancelled = reason { self?.requestInterrupt() }
        }
        do {
            let start = CodexCall.StartTurn(threadId: threadID, input: [.init(text: request.text)])
            let started = try await process.call(start)
            learn(started.turn.id)
        } catch {
            if error is CancellationError { requestInterrupt() } else { state.withLock { $0.running = nil } }
            throw error
        }
        return stream
    }

    func steer(_ text: String) async throws {
        guard let turn = state.withLock({ $0.running?.turn.id }) else {
            throw AgentError(.refused, "no turn of codex runs that could be steered")
        }
        let steer = CodexCall.SteerTurn(threadId: threadID, expectedTurnId: turn, input: [.init(text: text)])
        _ = try await process.call(steer)
    }

    func interrupt() async { requestInterrupt() }

    func answer(_ request: String, _ decision: ApprovalDecision) async {
        let open = state.withLock { $0.running?.approvals.removeValue(forKey: request) }
        do {
            try open?.answer(decision)
        } catch {
            process.logger.error("an approval could not be answered", metadata: ["error": "\(error)"])
        }
    }

    // MARK: What Codex says

    func take(_ method: String, _ params: JSONValue) {
        let (events, continuation, interrupt) = state.withLock { state in
            guard var running = state.running else {
                return ([AgentEvent](), AsyncThrowingStream<AgentEvent, any Error>.Continuation?.none, String?.none)
            }
            let wasUnknown = running.turn.id == nil
            let events = running.turn.take(method, params)
            state.total = running.turn.threadTotal
            state.running = running.turn.isOver ? nil : running
            let isDue = wasUnknown && running.isInterrupted && !running.turn.isOver
            return (events, running.events, isDue ? running.turn.id : nil)
        }
        if let interrupt { process.interrupt(self, turn: interrupt) }
        for event in events {
            if case .finished(.interrupted) = event { process.clean(self) }
            continuation?.yield(event)
            if case .finished = event { continuation?.finish() }
        }
    }

    /// Takes a request of Codex; returns whether it was one that we will answer.
    func take(_ method: String, _ params: JSONValue, _ reply: Reply) -> Bool {
        let asked = state.withLock {
            state -> (ApprovalRequest, AsyncThrowingStream<AgentEvent, any Error>.Continuation)? in
            guard let running = state.running else { return nil }
            guard let open = CodexApproval(method, params, reply, in: running.turn) else { return nil }
            state.running?.approvals[open.request.id] = open
            return (open.request, running.events)
        }
        guard let (request, events) = asked else { return false }
        events.yield(.approval(request))
        return true
    }

    /// The process is gone: ends the running turn with `error`.
    func end(_ error: AgentError) {
        let running = state.withLock { state in
            defer { state.running = nil }
            return state.running
        }
        running?.events.finish(throwing: error)
    }

    // MARK: Interrupts

    /// The number of the running turn; nil when none runs.
    var runningNumber: Int? { state.withLock { $0.running?.number } }

    private func learn(_ turn: String) {
        let isDue = state.withLock { state in
            guard state.running != nil, state.running?.turn.id == nil else { return false }
            state.running?.turn.learn(turn)
            return state.running?.isInterrupted ?? false
        }
        if isDue { process.interrupt(self, turn: turn) }
    }

    /// Has the running turn interrupted as soon as its id is known.
    ///
    /// The second request for a turn does nothing.
    private func requestInterrupt() {
        let (number, turn) = state.withLock { state -> (Int?, String?) in
            guard let running = state.running, !running.isInterrupted else { return (nil, nil) }
            state.running?.isInterrupted = true
            return (running.number, running.turn.id)
        }
        if let number { process.insist(on: self, number: number) }
        if let turn { process.interrupt(self, turn: turn) }
    }
}
