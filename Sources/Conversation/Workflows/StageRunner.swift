/// Has one agent play one role in a turn, and publishes what it does.
struct StageRunner {
    let context: TurnContext
    let role: Role
    /// Sets the actions of this stage apart from those of the others; empty in a turn of one stage.
    let prefix: String

    /// The agent's last message, as far as it came.
    private(set) var text = ""
    private(set) var usage = Usage()
    private var agent = "the agent"
    /// When it was shown last that somebody talks who is not heard.
    private var lastPulse = Timestamp(millisecondsSince1970: 0)
    private var hasSpoken: Bool

    /// Creates a runner; with `follows`, something was said in the turn before.
    init(_ role: Role, in context: TurnContext, prefix: String = "", follows: Bool = false) {
        self.context = context
        self.role = role
        self.prefix = prefix
        hasSpoken = follows
    }

    /// Works on `message` on the session's own thread with `shell`; returns how the agent ended.
    mutating func converse(with shell: any AgentShell, model: String?, _ message: String) async throws -> AgentResult {
        agent = shell.name
        let key = ThreadKey(profile: context.profile.name, agent: shell.name)
        let kept = try await context.hub.state(of: context.state.id).threads[key]
        var request = request(model)
        request.resume = kept
        request.tools = context.configuration.toolServer?(context.state.id)
        let thread = try await shell.open(request)
        let isLost = kept != nil && thread.id != kept && thread.predecessor != kept
        let isHeir = kept == nil && context.lastAgentIsGone && !shell.answersByRules
        let text =
            if isLost {
                try await introduce(message, to: shell.name)
            } else if isHeir {
                try await context.digest().introducing(message)
            } else {
                message
            }
        return try await run(TurnRequest(text: text), on: thread, keptAs: key, kept)
    }

    /// Works on `message` on a thread that only reads and is closed afterwards; returns how the agent ended.
    mutating func look(with shell: any AgentShell, model: String?, _ message: TurnRequest) async throws -> AgentResult {
        agent = shell.name
        var request = request(model)
        request.purpose = .errand
        let thread = try await shell.open(request)
        do {
            let result = try await run(message, on: thread, keptAs: nil, nil)
            await thread.close()
            return result
        } catch {
            await thread.close()
            throw error
        }
    }

    /// `message` behind the end of a conversation that `agent` has lost; nothing is lost where nothing was said.
    private func introduce(_ message: String, to agent: String) async throws -> String {
        let introduced = try await context.digest().introducing(message, answered: try await answers())
        // A message that runs again is all that was lost when nothing else was said.
        if introduced != message || context.turn.attempt == 1 {
            let text = "\(agent) no longer has the earlier conversation; a new one begins with the end of it"
            try await context.emit(.notice(Notice(.warn, text)))
        }
        return introduced
    }

    /// What the developer said in earlier rounds of this turn.
    private func answers() async throws -> [String] {
        try await context.hub.state(of: context.state.id).running?.stages.compactMap { report in
            if case .answer(let answer) = report.product { answer } else { nil }
        } ?? []
    }

    private func request(_ model: String?) -> ThreadRequest {
        var request = ThreadRequest(session: context.state.id, resume: nil, model: model, operations: context.hub)
        request.workingDirectory = context.profile.workingDirectory
        return request
    }

    private mutating func run(
        _ request: TurnRequest, on thread: any AgentThread, keptAs key: ThreadKey?, _ kept: String?
    ) async throws -> AgentResult {
        let control = context.control
        try await control.enter(thread, steers: key != nil)
        var recorded = kept
        func record() async throws {
            guard let key, let id = thread.id, id != recorded else { return }
            try await context.emit(.changed(.thread(key, id)))
            recorded = id
        }
        let events = try await thread.run(request)
        // A stop that came before there was a turn to interrupt.
        if await control.cause != nil { await thread.interrupt() }
        do {
            for try await event in events {
                // Not before the agent reacts: a thread without a turn cannot be resumed.
                try await record()
                if let ending = try await take(event, from: thread) { return ending }
            }
        } catch let error as AgentError {
            // The agent may know what it was told, or at least that it has to be told once more.
            try await record()
            throw error
        }
        try Task.checkCancellation()
        throw AgentError(.died, "\(agent) ended without finishing the turn")
    }

    private mutating func take(_ event: AgentEvent, from thread: any AgentThread) async throws -> AgentResult? {
        switch event {
        case .began:
            text = ""
        case .delta(let delta):
            try await say(delta)
            text += delta
        case .message(let text):
            // A message that was never streamed is said now; one that was is not said again.
            if self.text.isEmpty, !text.isEmpty { try await say(text) }
            self.text = text
        case .action(var action):
            action.id = prefix + action.id
            action.role = role
            try await context.emit(.action(context.turn.id, action))
        case .approval(let request):
            try await ask(request, on: thread)
        case .withdrawn(let request):
            if let open = await context.control.withdraw(request) {
                try await context.hub.withdraw(open, in: context.state.id)
            }
        case .usage(let usage):
            self.usage = usage
        case .retrying(let reason):
            try await context.emit(.notice(Notice(.warn, "\(agent) tries again: \(reason)")))
        case .finished(let ending):
            return ending
        }
        return nil
    }

    /// Publishes `delta`, set apart from an earlier message of the same turn.
    ///
    /// What is said to another role is told when it is handed over.
    private mutating func say(_ delta: String) async throws {
        guard !delta.isEmpty else { return }
        guard !role.readsOnly else { return try await pulse() }
        let separator = text.isEmpty && hasSpoken ? "\n\n" : ""
        hasSpoken = true
        try await context.emit(.delta(context.turn.id, separator + delta))
    }

    /// Shows, at most every five seconds, that the agent is at work: an empty delta says nothing.
    private mutating func pulse() async throws {
        let now = context.configuration.now()
        guard now.milliseconds(since: lastPulse) >= 5000 else { return }
        lastPulse = now
        try await context.emit(.delta(context.turn.id, ""))
    }

    private func ask(_ request: ApprovalRequest, on thread: any AgentThread) async throws {
        guard !role.readsOnly else {
            let refusal = ApprovalDecision.deny(reason: "as \(role.rawValue) you only read, and nothing is approved")
            return await thread.answer(request.id, request.isReadOnly ? .allow : refusal)
        }
        guard let approval = try await context.hub.ask(request, in: context.turn.id, of: context.state.id) else {
            return
        }
        guard let answer = approval.answer else { return await context.control.ask(approval) }
        await thread.answer(request.id, answer.decision)
        if answer.basis == .rule, !answer.decision.isPositive {
            let text =
                request.kind == .question
                ? "not answered: \(request.title) (nobody can be asked)"
                : "denied: \(request.title) (nobody is asked; --approve all allows what the agent asks for)"
            try await context.emit(.notice(Notice(.warn, text)))
        }
    }
}
