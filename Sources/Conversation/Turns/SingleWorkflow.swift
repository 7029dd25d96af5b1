/// Works on a message with one agent, on the session's own thread.
struct SingleWorkflow {
    let hub: Hub
    let turn: Turn
    let state: SessionState
    let control: TurnControl

    private var result = WorkResult(ending: .failure(CancellationError()))
    private var hasSpoken = false

    init(hub: Hub, turn: Turn, state: SessionState, control: TurnControl) {
        self.hub = hub
        self.turn = turn
        self.state = state
        self.control = control
    }

    /// Returns what came of it, also when it was cancelled or failed.
    mutating func run() async -> WorkResult {
        do {
            result.ending = .success(try await converse())
        } catch {
            result.ending = .failure(error)
        }
        return result
    }

    private mutating func converse() async throws -> AgentResult {
        let (shell, note) = try await hub.directory.shell(for: state.agent, after: state.last?.agent)
        result.agent = shell.name
        if let note { try await emit(.notice(Notice(.warn, note))) }
        let kept = state.threads[shell.name]
        let thread = try await shell.open(ThreadRequest(session: state.id, resume: kept, operations: hub))
        let isLost = kept != nil && thread.id != kept && thread.predecessor != kept
        if isLost {
            let text = "\(shell.name) no longer has the earlier conversation; a new one begins with the end of it"
            try await emit(.notice(Notice(.warn, text)))
        }
        try await control.enter(thread)
        var recorded = kept
        var text = turn.text
        if isLost { text = try await digest().introducing(text) }
        let events = try await thread.run(TurnRequest(text: text))
        // A stop that came before there was a turn to interrupt.
        if await control.cause != nil { await thread.interrupt() }
        for try await event in events {
            // Not before the agent reacts: a thread without a turn cannot be resumed.
            if let id = thread.id, id != recorded {
                try await emit(.changed(.thread(agent: shell.name, thread: id)))
                recorded = id
            }
            if let ending = try await take(event, from: thread) { return ending }
        }
        try Task.checkCancellation()
        throw AgentError(.died, "\(shell.name) ended without finishing the turn")
    }

    private mutating func take(_ event: AgentEvent, from thread: any AgentThread) async throws -> AgentResult? {
        switch event {
        case .began:
            result.text = ""
        case .delta(let delta):
            try await say(delta)
            result.text += delta
        case .message(let text):
            // A message that was never streamed is said now; one that was is not said again.
            if result.text.isEmpty, !text.isEmpty { try await say(text) }
            result.text = text
        case .action(let action):
            try await emit(.action(turn.id, action))
        case .approval(let request):
            try await ask(request, on: thread)
        case .withdrawn(let request):
            if let open = await control.withdraw(request) { try await hub.withdraw(open, in: state.id) }
        case .usage(let usage):
            result.usage = usage
        case .retrying(let reason):
            try await emit(.notice(Notice(.warn, "\(result.agent ?? "the agent") tries again: \(reason)")))
        case .finished(let ending):
            return ending
        }
        return nil
    }

    /// Publishes `delta`, set apart from an earlier message of the same turn.
    private mutating func say(_ delta: String) async throws {
        guard !delta.isEmpty else { return }
        let separator = result.text.isEmpty && hasSpoken ? "\n\n" : ""
        hasSpoken = true
        try await emit(.delta(turn.id, separator + delta))
    }

    private func ask(_ request: ApprovalRequest, on thread: any AgentThread) async throws {
        guard let approval = try await hub.ask(request, in: turn.id, of: state.id) else { return }
        guard let answer = approval.answer else { return await control.ask(approval) }
        await thread.answer(request.id, answer.decision)
        if answer.basis == .rule, !answer.decision.isPositive {
            let text =
                request.kind == .question
                ? "not answered: \(request.title) (nobody can be asked)"
                : "denied: \(request.title) (nobody is asked; --approve all allows what the agent asks for)"
            try await emit(.notice(Notice(.warn, text)))
        }
    }

    /// The end of what was said before this turn.
    private func digest() async throws -> Digest {
        let records = try await hub.journal.records(of: state.id, .lastTurns(Digest.items))
        return Digest(records.filter { $0.cursor.rawValue < turn.id.rawValue })
    }

    private func emit(_ event: Event) async throws { try await hub.append(event, to: state.id) }
}
