import Conversation
import JSONRPC
import Locking
import Logging

/// The one conversation of a server's process, and the turn that runs in it.
///
/// A class with a lock: the reader of the connection, the core and a person's interrupt all come in here, and none may
/// wait for another.
final class CodexMCPConversation: Sendable {
    /// What has to be done for the conversation, which cannot wait for it.
    enum Chore: Sendable {
        /// Call the tool for turn `number`.
        case call(CodexMCPCall.CallTool, number: Int)
        /// End turn `number` when the question about a tool has still been put to nobody.
        case watch(question: String, number: Int)
    }

    typealias Events = AsyncThrowingStream<AgentEvent, any Error>

    private let options: CodexMCPOptions
    private let logger: Logger
    private let state = Locked(State())
    /// What has to be done; ends when the process is to end.
    ///
    /// Unbounded: at most a few per turn.
    let chores: AsyncStream<Chore>
    private let chore: AsyncStream<Chore>.Continuation

    init(options: CodexMCPOptions, logger: Logger) {
        self.options = options
        self.logger = logger
        (chores, chore) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// How the server wants its tools called; known after the handshake.
    func learn(_ tools: CodexMCPTools) { state.withLock { $0.tools = tools } }

    /// Whether its server can be told to change nothing; false before the handshake.
    var canOnlyRead: Bool { state.withLock { $0.tools?.canOnlyRead ?? false } }

    /// Where the conversation works; nil before its first turn.
    var directory: String? { state.withLock(\.directory) }

    /// What the conversation is kept under; nil before its first turn.
    var id: String? { state.withLock(\.id) }

    /// Whether its process is of no use any more.
    var isOver: Bool { state.withLock(\.isOver) }

    /// Whether its process was ended on purpose, by a person, for want of use or after a failed turn.
    var wasGivenUp: Bool { state.withLock(\.wasGivenUp) }

    /// When it was used last; nil while a turn runs and when it is over.
    var idleSince: ContinuousClock.Instant? { state.withLock(\.idleSince) }

    // MARK: Its owner

    /// Makes a conversation that is nobody's somebody's; returns false when it is not to be had.
    func claim() -> Bool { state.withLock { $0.claim() } }

    /// Gives back what was claimed and not used.
    func release() { state.withLock { $0.release() } }

    /// Says that it is about to be used; returns false when it is over.
    func touch() -> Bool { state.withLock { $0.touch() } }

    /// Counts a look at it; returns for how many in a row it was not used, 0 while a turn runs.
    func countIdleCheck() -> Int { state.withLock { $0.countIdleCheck() } }

    /// Has the process ended unless a turn runs.
    func closeIfIdle() {
        if state.withLock({ $0.closeIfIdle() }) { chore.finish() }
    }

    // MARK: Turns

    /// Starts a turn; the terms of `request` count for the first of the conversation, which keeps them.
    func begin(_ text: String, for request: ThreadRequest) throws -> Events {
        // Unbounded: the agent must not be slowed down, and a turn's text is bounded by the model.
        let (stream, events) = Events.makeStream(bufferingPolicy: .unbounded)
        let (call, number) = try state.withLock { try $0.begin(text, for: request, options, telling: events) }
        events.onTermination = { [weak self] reason in
            if case .cancelled = reason { self?.interrupt(number) }
        }
        chore.yield(.call(call, number: number))
        return stream
    }

    /// Ends the running turn; with none running does nothing.
    func interrupt() { interrupt(nil) }

    /// Ends turn `number`, or the running one.
    private func interrupt(_ number: Int?) {
        update { running in
            number == nil || running.number == number ? running.turn.end(.interrupted) : []
        }
    }

    /// Takes what became of the call for turn `number`.
    func finish(_ number: Int, _ result: Result<CodexMCPResult, any Error>) {
        switch result {
        case .success(let result) where result.hasLostThread:
            end(AgentError(.died, "the server has lost the conversation"), number: number)
        case .success(let result):
            if let id = result.threadID { state.withLock { $0.learn(id) } }
            update { $0.number == number ? $0.turn.take(result) : [] }
        case .failure(let error as RPCError):
            let failure = TurnError(kind: .internal, message: "the server answered with an error: \(error.message)")
            update { $0.number == number ? $0.turn.end(.failed(failure)) : [] }
        case .failure:
            break  // it was interrupted, or the process has ended, which is told elsewhere
        }
    }

    /// The question about a tool has been put to nobody for long: ends turn `number`, or it would never end.
    func expire(_ question: String, number: Int) {
        update { running in
            guard running.number == number, let server = running.turn.unasked[question] else { return [] }
            let text = """
                Codex asks whether a tool of \(server) may be used, and its MCP server puts that question to nobody; \
                set default_tools_approval_mode = "approve" for \(server) in Codex's configuration, or codex.transport \
                = app-server here
                """
            return running.turn.end(.failed(TurnError(kind: .refused, message: text)))
        }
    }

    /// The process is of no use any more: the running turn is to end with `error`.
    ///
    /// With a `number` only when it is that turn that runs.
    func end(_ error: AgentError, number: Int? = nil) {
        if state.withLock({ $0.end(error, number: number) }) { chore.finish() }
    }

    /// Nothing is left of the process: its last turn ends.
    ///
    /// Not before, so that the session's next turn does not meet what this one still does.
    func bury() {
        guard let last = state.withLock({ $0.bury() }) else { return }
        switch last.ending {
        case .success(let events):
            for event in events { last.events.yield(event) }
            last.events.finish()
        case .failure(let error): last.events.finish(throwing: error)
        }
    }

    // MARK: What Codex says

    /// Takes a message of the server; returns whether a request will be answered.
    func take(_ incoming: Incoming) -> Bool {
        switch incoming {
        case .notification(let message):
            if message.method == "codex/event" { take(event: message) }
            return true
        case .request(let message, let reply) where message.method == "elicitation/create":
            // Unreadable parameters are those of a question that we could not answer.
            ask((try? message.params(as: JSONValue.self)) ?? .null, reply)
            return true
        case .request:
            return false
        }
    }

    private func take(event message: IncomingMessage) {
        // Events of versions to come may be unreadable; the turn goes on without them.
        guard let type = try? message.params(as: CodexMCPEventType.self), type.isOfUse,
            let params = try? message.params(as: JSONValue.self), let event = params["msg"]
        else { return }
        if let id = params["_meta"]?["threadId"]?.text ?? event["thread_id"]?.text ?? event["session_id"]?.text {
            state.withLock { $0.learn(id) }
        }
        let isQuestion = type.msg.type == "elicitation_request"
        var number: Int?
        update { running in
            number = running.number
            return running.turn.take(event)
        }
        if isQuestion, let number, let id = event["id"]?.text { chore.yield(.watch(question: id, number: number)) }
    }

    private func ask(_ params: JSONValue, _ reply: Reply) {
        var isKnown = false
        update { running in
            let turn = running.turn
            guard let question = CodexMCPQuestion(params, reply, announcedBy: { turn.announcement(of: $0) })
            else { return [] }
            isKnown = true
            running.questions[question.request.id] = question
            return [.approval(question.request)]
        }
        guard !isKnown else { return }
        send {
            if params["codex_elicitation"] != nil {
                _ = try reply.send(CodexMCPDecision(decision: "denied"))
            } else {
                _ = try reply.send(CodexMCPElicitationAnswer(action: "decline"))
            }
        }
    }

    /// Answers the question of this id, if it is open.
    func answer(_ id: String, _ decision: ApprovalDecision) {
        var question: CodexMCPQuestion?
        update { running in
            question = running.questions.removeValue(forKey: id)
            guard let question, !decision.isPositive else { return [] }
            return running.turn.decline(question.declined)
        }
        guard let question else { return }
        if case .deny(let reason?) = decision, !reason.isEmpty {
            // There is no way to tell it while the turn runs.
            let note = "The user denied \"\(question.request.title.headline(200))\" because: \(reason)"
            state.withLock { $0.notes.append(note) }
        }
        send { try question.answer(decision) }
    }

    private func send(_ body: () throws -> Void) {
        do {
            try body()
        } catch {
            logger.error("a question could not be answered", metadata: ["error": "\(error)"])
        }
    }

    // MARK: -

    /// Changes the running turn and tells what comes of it; does nothing when none runs.
    private func update(_ change: (inout State.Running) -> [AgentEvent]) {
        guard let update = state.withLock({ $0.update(change) }) else { return }
        if update.isOver { chore.finish() }
        for event in update.events {
            update.continuation.yield(event)
            if case .finished = event { update.continuation.finish() }
        }
    }
}

/// As much of an event as says whether it is worth reading.
private struct CodexMCPEventType: Decodable {
    struct Message: Decodable { var type: String }
    var msg: Message

    /// Two thirds of the bytes are copies of what other events say.
    var isOfUse: Bool {
        switch msg.type {
        case "raw_response_item", "raw_response_completed", "exec_command_output_delta", "turn_diff", "user_message",
            "item_completed", "reasoning_content_delta":
            false
        default: true
        }
    }
}
