import Conversation
import JSONRPC

/// One turn as Codex reports it over MCP: takes its events and its result, returns what they mean to the core.
///
/// Knows no process.
struct CodexMCPTurn {
    private(set) var isOver = false
    /// Questions about tools that were announced and put to nobody, by the call that they are about.
    private(set) var unasked: [String: String] = [:]

    private var message: String?
    private var hasSpoken = false
    /// Some versions report each piece of text twice; the kind of event that came first counts.
    private var deltaType: String?
    private var actions: [Action] = []
    private var announced: [String: JSONValue] = [:]
    private var retried: TurnError.Kind?
    private var failure: TurnError.Kind?
    private var usage = Usage()
    private var total: JSONValue?

    /// `total` is the conversation's token count when it was last told; Codex repeats it after turns that used none.
    init(total: JSONValue? = nil) { self.total = total }

    /// What the conversation has used up to now, to be handed to the next turn.
    var threadTotal: JSONValue? { total }

    /// The event that announced a question about `call`; nil when there was none.
    func announcement(of call: String) -> JSONValue? { announced[call] }

    /// Takes one event; those that say nothing to us, and unknown ones, mean nothing.
    mutating func take(_ event: JSONValue) -> [AgentEvent] {
        guard !isOver, let type = event["type"]?.text else { return [] }
        switch type {
        case "agent_message_content_delta", "agent_message_delta": return say(type, event)
        case "agent_message": return complete(event["message"]?.text ?? "")
        case "item_started": return beginItem(event["item"])
        case "agent_reasoning": return think(event["text"]?.text ?? "")
        case "plan_update": return plan(event["plan"])
        case "token_count": return count(event["info"])
        case "context_compacted":
            let title = "the conversation was summarised"
            return note(Action(id: "compaction \(actions.count)", kind: .reasoning, title: title, status: .completed))
        case "exec_approval_request", "apply_patch_approval_request":
            if let call = event["call_id"]?.text { announced[call] = event }
            return []
        case "elicitation_request":
            if let id = event["id"]?.text { unasked[id] = event["server_name"]?.text ?? "a server" }
            return []
        case "stream_error": return retry(event)
        case "error":
            failure = CodexMCPFailure.kind(event["codex_error_info"])
            return []
        case "turn_aborted": return end(.interrupted)
        default:
            guard let deed = CodexMCPDeed(type, event) else { return [] }
            if deed.action.status != .started { unasked = unasked.filter { !$0.key.hasSuffix(deed.id) } }
            return note(deed.action)
        }
    }

    /// Takes the answer to the call that the turn is.
    mutating func take(_ result: CodexMCPResult) -> [AgentEvent] {
        guard !isOver else { return [] }
        guard !result.isError else {
            // Without an event it was no provider: the server did not like what it was asked.
            let kind = failure ?? retried ?? (hasFailed ? .internal : .refused)
            let text = result.text.isEmpty ? "Codex reported a failure without a reason" : result.text
            return end(.failed(TurnError(kind: kind, message: text)))
        }
        // A server that reports no events, or whose last message has not been completed.
        let isNews = !result.text.isEmpty && (!hasSpoken || message != nil)
        return (isNews ? complete(result.text) : []) + end(.completed)
    }

    /// Ends the turn before its agent does.
    mutating func end(_ result: AgentResult) -> [AgentEvent] {
        guard !isOver else { return [] }
        isOver = true
        guard result != .completed else { return [.finished(result)] }
        // Nobody closes what was cut off. (A command can outlive a turn that ended well.)
        let cut = actions.filter { $0.status == .started && $0.kind != .plan }.map { action in
            var closed = action
            closed.status = .failed
            return AgentEvent.action(closed)
        }
        return cut + [.finished(result)]
    }

    /// Takes in what became of something that was not allowed, and that Codex will not mention.
    mutating func decline(_ action: Action) -> [AgentEvent] {
        guard !isOver, !actions.contains(where: { $0.id == action.id }) else { return [] }
        return note(action)
    }

    // MARK: Messages

    private mutating func beginItem(_ item: JSONValue?) -> [AgentEvent] {
        guard item?["type"]?.text == "AgentMessage" else { return [] }
        return begin(item?["id"]?.text)
    }

    private mutating func begin(_ id: String?) -> [AgentEvent] {
        guard message == nil || id != nil && message != id else { return [] }
        message = id ?? ""
        return [.began]
    }

    private mutating func say(_ type: String, _ event: JSONValue) -> [AgentEvent] {
        guard let delta = event["delta"]?.text, !delta.isEmpty, type == deltaType ?? type else { return [] }
        deltaType = type
        return begin(event["item_id"]?.text) + [.delta(delta)]
    }

    private mutating func complete(_ text: String) -> [AgentEvent] {
        defer { message = nil }
        hasSpoken = true
        return begin(nil) + [.message(text)]
    }

    // MARK: The rest

    private var hasFailed: Bool { failure != nil || retried != nil || hasSpoken || !actions.isEmpty }

    private mutating func think(_ text: String) -> [AgentEvent] {
        guard !text.isEmpty else { return [] }
        let id = "reasoning \(actions.count)"
        return note(Action(id: id, kind: .reasoning, title: text.headline(200), status: .completed))
    }

    private mutating func note(_ action: Action) -> [AgentEvent] {
        if let index = actions.firstIndex(where: { $0.id == action.id }) {
            guard actions[index] != action else { return [] }
            actions[index] = action
        } else {
            actions.append(action)
        }
        return [.action(action)]
    }

    private mutating func plan(_ plan: JSONValue?) -> [AgentEvent] {
        guard case .array(let steps)? = plan else { return [] }
        let current = steps.first { $0["status"]?.text == "in_progress" }?["step"]?.text
        let isDone = !steps.contains { $0["status"]?.text != "completed" }
        let title = current ?? "\(steps.count) steps"
        return note(Action(id: "plan", kind: .plan, title: title.headline(200), status: isDone ? .completed : .started))
    }

    /// A turn's usage is the sum of its responses'; each report holds the last response and the conversation's total.
    private mutating func count(_ info: JSONValue?) -> [AgentEvent] {
        guard let info, let now = info["total_token_usage"], now != total else { return [] }
        total = now
        let last = info["last_token_usage"]
        if case .integer(let tokens)? = last?["input_tokens"] { usage.inputTokens += tokens }
        if case .integer(let tokens)? = last?["output_tokens"] { usage.outputTokens += tokens }
        return [.usage(usage)]
    }

    private mutating func retry(_ event: JSONValue) -> [AgentEvent] {
        retried = CodexMCPFailure.kind(event["codex_error_info"]) ?? retried
        let reasons = [event["message"]?.text, event["additional_details"]?.text].compactMap(\.self)
        return [.retrying(reasons.joined(separator: ": ").headline(200))]
    }
}
