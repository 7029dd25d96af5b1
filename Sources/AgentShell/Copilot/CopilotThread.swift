import Conversation
import JSONRPC
import Locking
import Logging

/// A session that Copilot keeps.
///
/// A class with a lock: the reader of the connection, the core and a person's interrupt all come in here, and none may
/// wait for another.
final class CopilotThread: AgentThread {
    /// A request of the agent that waits for an answer.
    enum Request {
        case permission(CopilotPermission)
        case question(CopilotQuestion)
    }

    private struct Running {
        var turn: CopilotTurn
        var events: AsyncThrowingStream<AgentEvent, any Error>.Continuation
        var requests: [String: Request] = [:]
        /// Whether the message has reached Copilot.
        var isSent = false
        var isInterrupted = false
        /// Why the turn is given up, whatever Copilot says of its end; nil while it is not.
        var failure: AgentError?
        /// Tells one turn from the next, for whoever waits for the end of this one.
        var number: Int
        /// How often Copilot was heard of.
        var pulse = 0
        /// Given when it is over.
        let ended = Signal()
    }

    private struct State {
        /// With the model that answers now; nil until Copilot was told one.
        var settings: CopilotSessionSettings
        /// The model that answers when none is asked for; nil until it is known.
        var ownModel: String?
        var running: Running?
        var turns = 0
        var isShared = false
        /// What still goes on for an earlier turn, and would hit the next one if that were sent now.
        var settling: [CopilotSettling] = []
        /// How many signs of life were asked for since the last turn.
        var idleChecks = 0
    }

    let sessionID: String
    private let process: CopilotProcess
    private let state: Locked<State>

    init(_ sessionID: String, settings: CopilotSessionSettings, of process: CopilotProcess) {
        self.sessionID = sessionID
        self.process = process
        state = Locked(State(settings: settings, ownModel: settings.model))
    }

    var id: String? { sessionID }

    /// Whether another process has this session open as well.
    var isShared: Bool { state.withLock { $0.isShared } }

    /// Counts one more minute without a turn; 0 while one runs.
    func countIdleCheck() -> Int {
        state.withLock { state in
            state.idleChecks = state.running == nil ? state.idleChecks + 1 : 0
            return state.idleChecks
        }
    }

    /// What the session has to be told when it is resumed.
    var settings: CopilotSessionSettings { state.withLock { $0.settings } }

    /// Notes that the session is about to be used.
    func noteUse() { state.withLock { $0.idleChecks = 0 } }

    /// What to switch to for `model`, nil for the session's own; nil when that answers already.
    func modelToSwitch(to model: String?) -> String? {
        state.withLock { state in
            let wanted = model ?? state.ownModel
            return wanted == state.settings.model ?? state.ownModel ? nil : wanted
        }
    }

    /// Notes that `model` answers from now on.
    func noteModel(_ model: String) { state.withLock { $0.settings.model = model } }

    // MARK: Turns

    func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        try await settle()
        if isShared { throw CopilotProcess.inUse(sessionID) }
        // Unbounded: the agent must not be slowed down, and a turn's text is bounded by the model.
        let (stream, events) = AsyncThrowingStream.makeStream(of: AgentEvent.self, bufferingPolicy: .unbounded)
        let number = state.withLock { state in
            state.turns += 1
            state.idleChecks = 0
            state.settling = []
            state.running = Running(turn: CopilotTurn(prompt: request.text), events: events, number: state.turns)
            return state.turns
        }
        events.onTermination = { [weak self] reason in
            if case .cancelled = reason { self?.requestInterrupt(number) }
        }
        do {
            try await process.send(request.text, to: self)
        } catch {
            // What was sent may work all the same.
            if error is CancellationError {
                requestInterrupt()
                sent()
            } else {
                abandon()
            }
            throw error
        }
        sent()
        process.watch(self, number: number)
        return stream
    }

    /// The turn could not be started.
    private func abandon() {
        state.withLock { state in
            defer { state.running = nil }
            return state.running?.ended
        }?.give()
    }

    func steer(_ text: String) async throws {
        let refusal = AgentError(.refused, "no turn of copilot runs that could be steered")
        let settling = CopilotSettling()
        defer { settling.finish() }
        let running = state.withLock { state in
            state.settling.append(settling)
            return state.running
        }
        guard let running else { throw refusal }
        // Before the message it would be a turn of its own; behind it the same idle ends both.
        try await process.call(
            CopilotCall.Send(sessionId: sessionID, prompt: text, mode: running.turn.hasBegun ? .immediate : .enqueue))
        guard runningNumber != running.number else { return }
        // It came too late, and Copilot works on it as a message of its own.
        try await process.call(CopilotCall.Abort(sessionId: sessionID))
        throw refusal
    }

    func interrupt() async { requestInterrupt() }

    func close() async { process.forget(self) }

    func answer(_ request: String, _ decision: ApprovalDecision) async {
        let open = state.withLock { $0.running?.requests.removeValue(forKey: request) }
        switch open {
        case .permission(let permission): await process.decide(permission, permission.result(decision), for: self)
        case .question(let question):
            do {
                try question.answer(decision)
            } catch {
                process.logger.error("a question could not be answered", metadata: ["error": "\(error)"])
            }
        case nil: break
        }
    }

    // MARK: What Copilot says

    func take(_ event: JSONValue) {
        let type = event["type"]?.text, data = event["data"] ?? .null
        switch type {
        case "permission.requested":
            if let permission = CopilotPermission(data, toolServer: settings.tools?.name) { ask(permission) }
        case "permission.completed":
            if let id = data["requestId"]?.text { withdraw(id) }
        case "session.start", "session.resume":
            state.withLock { state in
                if data["alreadyInUse"] == .bool(true) { state.isShared = true }
                state.ownModel = state.ownModel ?? data["selectedModel"]?.text
            }
        case "session.mcp_server_status_changed":
            guard data["status"]?.text == "failed" else { break }
            process.logger.warning(
                "a server of tools does not work in copilot",
                metadata: [
                    "server": "\(data["serverName"]?.text ?? "")",
                    "reason": "\(data["error"]?.text ?? "no reason is told")",
                ])
        default: break
        }
        let (events, running) = state.withLock { state -> ([AgentEvent], Running?) in
            guard var running = state.running else { return ([], nil) }
            running.pulse += 1
            let events = running.turn.take(event)
            state.running = running.turn.isOver ? nil : running
            return (events, running)
        }
        guard let running else { return }
        for event in events {
            if case .finished = event, let failure = running.failure {
                running.events.finish(throwing: failure)
            } else {
                running.events.yield(event)
                if case .finished = event { running.events.finish() }
            }
        }
        if running.turn.isOver {
            running.ended.give()
            close(running.requests)
        }
    }

    func take(_ question: CopilotQuestion) {
        guard add(.question(question), question.request) else { return withdraw(question) }
    }

    private func ask(_ permission: CopilotPermission) {
        guard !permission.isHarmless else { return process.decide(permission, permission.result(.allow), of: self) }
        // The agent has begun to work on its own, and nobody is there.
        guard add(.permission(permission), permission.request) else {
            return process.decide(permission, CopilotPermission.rejection("Nobody can be asked now."), of: self)
        }
    }

    /// Returns false when no turn runs.
    private func add(_ request: Request, _ shown: ApprovalRequest) -> Bool {
        let running = state.withLock { state -> Running? in
            guard state.running?.isInterrupted == false else { return nil }
            state.running?.requests[shown.id] = request
            return state.running
        }
        running?.events.yield(.approval(shown))
        return running != nil
    }

    /// The agent got its answer elsewhere.
    private func withdraw(_ id: String) {
        let running = state.withLock { state in
            state.running?.requests.removeValue(forKey: id) == nil ? nil : state.running
        }
        running?.events.yield(.withdrawn(id))
    }

    private func withdraw(_ question: CopilotQuestion) {
        do {
            try question.withdraw()
        } catch {
            process.logger.error("a question could not be refused", metadata: ["error": "\(error)"])
        }
    }

    private func close(_ requests: [String: Request]) {
        for request in requests.values {
            if case .question(let question) = request { withdraw(question) }
        }
    }

    /// The process is gone: ends the running turn with `error`.
    func end(_ error: AgentError) {
        let (running, settling) = state.withLock { state in
            defer { (state.running, state.settling) = (nil, []) }
            return (state.running, state.settling)
        }
        for settling in settling { settling.finish() }
        running?.ended.give()
        running?.events.finish(throwing: error)
    }

    // MARK: Interrupts

    /// Has the running turn ended, and waits until it is, and what it left going on.
    ///
    /// Bounded: a process that does not stop is replaced, and its turns end.
    func settle() async throws {
        if let ended = state.withLock({ $0.running?.ended }) {
            requestInterrupt()
            try await ended.given()
        }
        for settling in state.withLock({ $0.settling }) { await settling.end() }
        try Task.checkCancellation()
    }

    /// The number of the running turn; nil when none runs.
    var runningNumber: Int? { state.withLock { $0.running?.number } }

    /// How often Copilot was heard of in turn `number`, and whether that waits for a person; nil when it is over.
    func pulse(of number: Int) -> (count: Int, isWaiting: Bool)? {
        state.withLock { state in
            guard let running = state.running, running.number == number else { return nil }
            return (running.pulse, !running.requests.isEmpty)
        }
    }

    /// Gives turn `number` up because of `error`, and has it stopped.
    func giveUp(_ number: Int, because error: AgentError) {
        state.withLock { state in
            if state.running?.number == number { state.running?.failure = error }
        }
        requestInterrupt(number)
    }

    /// The message has reached Copilot: an interrupt that came before is due now.
    private func sent() {
        let isDue = state.withLock { state in
            state.running?.isSent = true
            return state.running?.isInterrupted ?? false
        }
        if isDue { startInterrupt() }
    }

    /// Has the running turn interrupted as soon as its message has reached Copilot.
    ///
    /// The second request for a turn does nothing, nor does one for a turn of another number.
    private func requestInterrupt(_ number: Int? = nil) {
        let isDue = state.withLock { state in
            guard let running = state.running, !running.isInterrupted, running.number == number ?? running.number
            else { return false }
            state.running?.isInterrupted = true
            state.running?.turn.abort()
            return running.isSent
        }
        if isDue { startInterrupt() }
    }

    private func startInterrupt() {
        let settling = CopilotSettling()
        let running = state.withLock { state in
            defer { state.running?.requests = [:] }
            if state.running != nil { state.settling.append(settling) }
            return state.running
        }
        guard let running else { return }
        var permissions: [CopilotPermission] = []
        for request in running.requests.values {
            switch request {
            case .permission(let permission): permissions.append(permission)
            case .question(let question): withdraw(question)
            }
        }
        process.interrupt(
            CopilotInterrupt(thread: self, number: running.number, permissions: permissions, settling: settling))
    }
}
