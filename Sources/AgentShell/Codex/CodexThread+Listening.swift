import Conversation
import JSONRPC
import Locking
import Logging

// What Codex says.
extension CodexThread {
    /// What follows from a message.
    private struct Consequences {
        var events: [AgentEvent] = []
        var continuation: Events.Continuation?
        var begun: Signal?
        var ended: Signal?
        /// The turn to interrupt, whose id is known only now.
        var interrupt: String?
        /// The turn and the row of attempts to watch.
        var watch: (turn: Int, row: Int)?
        var clean = false
    }

    func take(_ method: String, _ params: JSONValue) {
        let age = process.age()
        let consequences = state.withLock { Self.take(method, params, at: age, &$0) }
        if let interrupt = consequences.interrupt { process.interrupt(self, turn: interrupt) }
        if let (turn, row) = consequences.watch { process.watch(self, turn: turn, row: row) }
        if consequences.clean { process.clean(self) }
        for event in consequences.events { consequences.continuation?.yield(event) }
        if case .finished? = consequences.events.last { consequences.continuation?.finish() }
        consequences.begun?.give()
        consequences.ended?.give()
    }

    private static func take(
        _ method: String, _ params: JSONValue, at age: Duration, _ state: inout State
    ) -> Consequences {
        var consequences = Consequences()
        guard var running = state.running else { return consequences }
        consequences.continuation = running.events
        if method == "serverRequest/resolved" {
            consequences.events = running.resolved(params["requestId"]).map { [.withdrawn($0)] } ?? []
            state.running = running
            return consequences
        }
        let wasUnknown = running.turn.id == nil
        consequences.events = running.turn.take(method, params)
        state.total = running.turn.threadTotal
        state.lastUse = age
        if let row = running.noteProgress(consequences.events, nextRow: state.rows + 1) {
            state.rows = row
            consequences.watch = (running.number, row)
        }
        if running.turn.hasStarted || running.turn.isOver { consequences.begun = running.begun }
        if running.turn.isOver {
            consequences.ended = running.ended
            if case .finished(.interrupted)? = consequences.events.last {
                consequences.clean = true
                state.cleaned = Signal()
                if let verdict = running.verdict {
                    consequences.events[consequences.events.count - 1] = .finished(.failed(verdict))
                }
            }
            state.running = nil
        } else {
            if wasUnknown, running.isInterrupted { consequences.interrupt = running.turn.id }
            state.running = running
        }
        return consequences
    }

    /// Takes a request of Codex; returns whether it was one that is answered, now or later.
    func take(_ method: String, _ params: JSONValue, _ reply: Reply) -> Bool {
        let (reading, events) = state.withLock { state -> (CodexApproval.Reading, Events.Continuation?) in
            guard let running = state.running else { return (.unknown, nil) }
            let reading = CodexApproval.read(
                method, params, id: reply.id, in: running.turn, toolServer: toolServer)
            if case .ask(let approval) = reading { state.running?.open(approval, reply) }
            return (reading, running.events)
        }
        switch reading {
        case .unknown:
            return false
        case .answer(let answer, let reason):
            process.logger.notice("a request of codex was declined: \(reason)", metadata: ["method": "\(method)"])
            send(answer, by: reply)
        case .accept(let answer):
            send(answer, by: reply)
        case .ask(let approval):
            events?.yield(.approval(approval.request))
        }
        return true
    }

    /// The attempts of turn `number` have gone on for too long if they are still those of `row`.
    func giveUpRetrying(_ number: Int, row: Int) {
        let reason = state.withLock { state -> String? in
            guard let running = state.running, running.number == number, running.retries?.number == row else {
                return nil
            }
            return running.retries?.reason
        }
        guard let reason else { return }
        let message = "codex could not reach its model for \(process.options.retryTimeout): \(reason)"
        giveUp(number, TurnError(kind: .network, message: message))
    }

    // MARK: Answers

    func answer(_ request: String, _ decision: ApprovalDecision) async {
        let (approval, reply, turn) = state.withLock { state in
            (
                state.running?.approvals.removeValue(forKey: request),
                state.running?.replies.removeValue(forKey: request), state.running?.turn.id
            )
        }
        guard let approval, let reply else { return }
        if case .deny(let reason?) = decision, !reason.isEmpty, approval.losesReasons, let turn {
            // Before the answer: Codex then hands both to the model at once.
            let text = "The person who was asked about “\(approval.request.title)” declined: \(reason)"
            await process.tell(
                CodexCall.SteerTurn(threadId: threadID, expectedTurnId: turn, input: [.init(text: text)]))
        }
        switch approval.answered(decision) {
        case .reply(let answer):
            send(answer, by: reply)
        case .ask(let next):
            let events = state.withLock { state in
                state.running?.open(next, reply)
                return state.running?.events
            }
            events?.yield(.approval(next.request))
        }
    }

    private func send(_ answer: JSONValue, by reply: Reply) {
        do {
            try reply.send(answer)
        } catch {
            process.logger.error("a request of codex could not be answered", metadata: ["error": "\(error)"])
        }
    }
}

extension CodexThread.Running {
    fileprivate mutating func open(_ approval: CodexApproval, _ reply: Reply) {
        approvals[approval.request.id] = approval
        replies[approval.request.id] = reply
    }

    /// Codex no longer waits for this answer; returns what the request is called here, nil when it was answered.
    fileprivate mutating func resolved(_ request: JSONValue?) -> String? {
        let open = approvals.first { entry in
            switch (entry.value.id, request) {
            case (.number(let id), .integer(let other)?): id == other
            case (.string(let id), .string(let other)?): id == other
            default: false
            }
        }
        guard let open else { return nil }
        approvals[open.key] = nil
        replies[open.key] = nil
        return open.key
    }

    /// Notes attempts and whatever ends a row of them; returns `nextRow` when a row begins.
    fileprivate mutating func noteProgress(_ events: [AgentEvent], nextRow: Int) -> Int? {
        var began: Int?
        for event in events {
            guard case .retrying(let reason) = event else {
                retries = nil
                continue
            }
            if retries == nil { began = nextRow }
            retries = CodexThread.Retries(number: retries?.number ?? nextRow, reason: reason)
        }
        return retries == nil ? nil : began
    }
}
