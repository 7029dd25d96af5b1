import Conversation
import JSONRPC

/// One turn as Codex reports it: takes its notifications, returns what they mean to the core.
///
/// Knows no process.
struct CodexTurn {
    /// Codex's id of the turn; nil until it told us.
    private(set) var id: String?
    /// Whether Codex has said that the turn runs.
    private(set) var hasStarted = false
    private(set) var isOver = false

    private var message: String?
    private var actions = TurnActions()
    /// The tool calls under way.
    private var tools: [String: CodexItem] = [:]
    /// The file changes, until they are done.
    private var fileChanges: [String: CodexItem] = [:]
    private var retried: TurnError.Kind?
    private var usage = Usage()
    private var total: JSONValue?

    /// `total` is the thread's token count when it was last told; Codex repeats it after turns that used none.
    init(total: JSONValue? = nil) { self.total = total }

    /// What the thread has used up to now, to be handed to the next turn.
    var threadTotal: JSONValue? { total }

    /// Learns the turn's id from the answer to its start, which can come after its first notifications.
    mutating func learn(_ id: String) { self.id = self.id ?? id }

    /// The file change called `id`, with all it would change; nil when it is not under way.
    func fileChange(_ id: String) -> CodexItem? { fileChanges[id] }

    /// Whether the tool whose call is asked for by `message` declares to change nothing.
    ///
    /// Requests do not say it; a call under way of the same tool does. Without one it is taken for one that changes something.
    func isReadOnlyCall(asking message: String, server: String) -> Bool {
        let calls = tools.values.filter { $0.toolServer == server && $0.toolQuestion == message }
        return !calls.isEmpty && calls.allSatisfy(\.isReadOnly)
    }

    /// Takes one notification of the turn's thread.
    ///
    /// Those of other turns, and unknown ones, mean nothing.
    mutating func take(_ method: String, _ params: JSONValue) -> [AgentEvent] {
        guard !isOver else { return [] }
        let turn = params["turnId"]?.text ?? params["turn"]?["id"]?.text
        if method == "turn/started", let turn {
            learn(turn)
            if turn == id { hasStarted = true }
        }
        // What a command of an earlier turn still prints is not ours; all of ours comes after the start.
        if let turn, turn != id {
            // A resumed thread's count is told under its last turn: ours is counted from there.
            if method == "thread/tokenUsage/updated" { total = params["tokenUsage"]?["total"] ?? total }
            return []
        }
        return switch method {
        case "item/started": take(CodexItem(params["item"]), isComplete: false)
        case "item/completed": take(CodexItem(params["item"]), isComplete: true)
        case "item/fileChange/patchUpdated": update(params)
        case "item/agentMessage/delta": say(params)
        case "turn/plan/updated": plan(params)
        case "thread/tokenUsage/updated": count(params["tokenUsage"])
        case "error": report(params)
        case "turn/completed": finish(params["turn"])
        default: []
        }
    }

    private mutating func take(_ item: CodexItem?, isComplete: Bool) -> [AgentEvent] {
        guard let item else { return [] }
        switch item.type {
        case "mcpToolCall": tools[item.id] = isComplete ? nil : item
        case "fileChange": fileChanges[item.id] = isComplete ? nil : item
        default: break
        }
        if item.type == "agentMessage" {
            let beginning = begin(item.id)
            return isComplete ? beginning + [.message(item.text)] : beginning
        }
        return item.action(isComplete: isComplete).map { actions.note($0) } ?? []
    }

    private mutating func update(_ params: JSONValue) -> [AgentEvent] {
        guard let id = params["itemId"]?.text, let changes = params["changes"] else { return [] }
        guard let item = fileChanges[id]?.with(changes: changes) else { return [] }
        fileChanges[id] = item
        return item.action(isComplete: false).map { actions.note($0) } ?? []
    }

    private mutating func begin(_ id: String) -> [AgentEvent] {
        guard message != id else { return [] }
        message = id
        return [.began]
    }

    private mutating func say(_ params: JSONValue) -> [AgentEvent] {
        guard let delta = params["delta"]?.text, !delta.isEmpty else { return [] }
        return begin(params["itemId"]?.text ?? message ?? "") + [.delta(delta)]
    }

    private mutating func plan(_ params: JSONValue) -> [AgentEvent] {
        guard case .array(let steps)? = params["plan"] else { return [] }
        let current = steps.first { $0["status"]?.text == "inProgress" }?["step"]?.text
        let isDone = !steps.contains { $0["status"]?.text != "completed" }
        let title = current ?? "\(steps.count) steps"
        return actions.note(
            Action(id: "plan", kind: .plan, title: title.headline(200), status: isDone ? .completed : .started))
    }

    /// A turn's usage is the sum of its responses'; each report holds the last response and the thread's total.
    private mutating func count(_ report: JSONValue?) -> [AgentEvent] {
        guard let report, report["total"] != total else { return [] }
        total = report["total"]
        if case .integer(let tokens)? = report["last"]?["inputTokens"] { usage.inputTokens += tokens }
        if case .integer(let tokens)? = report["last"]?["outputTokens"] { usage.outputTokens += tokens }
        return [.usage(usage)]
    }

    private mutating func report(_ params: JSONValue) -> [AgentEvent] {
        guard params["willRetry"] == .bool(true) else { return [] }  // the end of the turn repeats final ones
        let error = params["error"]
        retried = CodexFailure.kind(error?["codexErrorInfo"]) ?? retried
        let reasons = [error?["message"]?.text, error?["additionalDetails"]?.text].compactMap(\.self)
        return [.retrying(reasons.joined(separator: ": ").headline(200))]
    }

    private mutating func finish(_ turn: JSONValue?) -> [AgentEvent] {
        isOver = true
        var events: [AgentEvent] = []
        if turn?["status"]?.text != "completed" {
            // Codex does not close what was cut off. (A command can outlive a turn that ended well.)
            events = actions.cut
        }
        switch turn?["status"]?.text {
        case "completed":
            events.append(.finished(.completed))
        case "interrupted":
            events.append(.finished(.interrupted))
        default:
            events.append(.finished(.failed(CodexFailure.turnError(turn?["error"], afterRetriesOf: retried))))
        }
        return events
    }
}
