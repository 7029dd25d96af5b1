import Conversation
import JSONRPC

/// One turn as Copilot reports it: takes the events of its session, returns what they mean to the core.
///
/// Knows no process. A session has one idle at the end of all it was given, and may also work on its own, when a
/// command in the background ends; so the turn begins where its message is repeated, and ends at the idle after that.
struct CopilotTurn {
    private(set) var isOver = false
    /// Whether the agent has taken up the message.
    private(set) var hasBegun = false

    private let prompt: String
    /// The message under way; nil before the first and after one that broke off.
    private var message: String?
    private var completed: Set<String> = []
    private var actions = TurnActions()
    private var failure: CopilotFailure?
    private var error: TurnError?
    private var isAborted = false
    private var usage = Usage()

    init(prompt: String) { self.prompt = prompt }

    /// Notes that the turn was asked to stop.
    mutating func abort() { isAborted = true }

    /// Takes one event of the turn's session.
    ///
    /// Those before its own message, and unknown ones, mean nothing.
    mutating func take(_ event: JSONValue) -> [AgentEvent] {
        guard !isOver, let type = event["type"]?.text, let data = event["data"] else { return [] }
        // A helper of the agent: what it does counts, what it says is said to the agent.
        let isHelper = event["agentId"]?.text != nil || data["parentToolCallId"]?.text != nil
        switch type {
        case "user.message":
            if !isHelper { begin(with: data) }
            return []
        case "session.error":
            // It also comes in place of the message, when there is nobody who could answer it.
            error = CopilotFailure.turnError(data, after: failure)
            return []
        case "session.idle":
            return finish(data)
        default:
            return hasBegun ? work(type, data, isHelper: isHelper) : []
        }
    }

    private mutating func begin(with data: JSONValue) {
        // A message with a source was put in by Copilot itself.
        guard data["source"]?.text == nil, let content = data["content"]?.text else { return }
        // Copilot may trim a message, and puts in the files that it names.
        if Self.essence(content) == Self.essence(prompt) { hasBegun = true }
    }

    /// The beginning of a message, by which it is recognised.
    private static func essence(_ text: String) -> String {
        String(text.lazy.filter { !$0.isWhitespace }.prefix(64))
    }

    private mutating func work(_ type: String, _ data: JSONValue, isHelper: Bool) -> [AgentEvent] {
        switch type {
        case "assistant.message_start": return isHelper ? [] : open(data)
        case "assistant.message_delta": return isHelper ? [] : say(data)
        case "assistant.message": return isHelper ? [] : complete(data)
        case "assistant.reasoning":
            return data["content"]?.text.map { think($0, id: data["reasoningId"]?.text) } ?? []
        case "assistant.intent":
            return data["intent"]?.text.map { think($0, id: nil) } ?? []
        case "session.compaction_start": return think("the conversation is being summarised", id: nil)
        case "tool.execution_start": return CopilotTool(data)?.action.map { actions.note($0) } ?? []
        case "tool.execution_complete": return close(data)
        case "assistant.usage": return count(data)
        case "model.call_failure": return fail(data)
        case "session.info": return inform(data)
        default: return []
        }
    }

    // MARK: What it says

    private mutating func open(_ data: JSONValue) -> [AgentEvent] {
        let id = data["messageId"]?.text ?? ""
        guard message != id else { return [] }
        message = id
        return [.began]
    }

    private mutating func say(_ data: JSONValue) -> [AgentEvent] {
        guard let delta = data["deltaContent"]?.text, !delta.isEmpty else { return [] }
        return open(data) + [.delta(delta)]
    }

    private mutating func complete(_ data: JSONValue) -> [AgentEvent] {
        // One without text only carries calls of tools.
        guard let text = data["content"]?.text, !text.isEmpty else { return [] }
        guard completed.insert(data["messageId"]?.text ?? "").inserted else { return [] }
        return open(data) + [.message(text)]
    }

    // MARK: What it does

    private mutating func think(_ thought: String, id: String?) -> [AgentEvent] {
        let title = thought.headline(200)
        guard !title.isEmpty else { return [] }
        return actions.note(
            Action(id: id ?? "thought \(actions.count)", kind: .reasoning, title: title, status: .completed))
    }

    private mutating func close(_ data: JSONValue) -> [AgentEvent] {
        guard let id = data["toolCallId"]?.text, let action = actions[id] else { return [] }
        return actions.note(CopilotTool.end(of: action, data))
    }

    private mutating func count(_ data: JSONValue) -> [AgentEvent] {
        if case .integer(let tokens)? = data["inputTokens"] { usage.inputTokens += tokens }
        if case .integer(let tokens)? = data["outputTokens"] { usage.outputTokens += tokens }
        return [.usage(usage)]
    }

    // MARK: What goes wrong

    private mutating func fail(_ data: JSONValue) -> [AgentEvent] {
        let failure = CopilotFailure(call: data)
        self.failure = failure
        // When it is tried again, the message begins anew under the same id.
        message = nil
        // Of this one alone Copilot does not say that it tries again, and it may wait long.
        return failure.kind == .rateLimit ? [.retrying(failure.message.headline(200))] : []
    }

    private func inform(_ data: JSONValue) -> [AgentEvent] {
        guard data["infoType"]?.text == "model_retry" else { return [] }
        let reason = failure?.message ?? data["message"]?.text ?? ""
        return [.retrying(reason.headline(200))]
    }

    private mutating func finish(_ data: JSONValue) -> [AgentEvent] {
        let isCancelled = isAborted || data["aborted"] == .bool(true)
        // The idle of something else, unless it is known to be about this turn.
        guard hasBegun || error != nil || isAborted else { return [] }
        isOver = true
        let result: AgentResult =
            if isCancelled { .interrupted } else if let error { .failed(error) } else { .completed }
        // Copilot does not close what was cut off.
        return actions.cut + [.finished(result)]
    }
}
