import Conversation
import JSONRPC

/// Reads the events that tell what Codex does: a command, a patch, the use of a tool.
///
/// Each has a `call_id` and comes twice, as `…_begin` and as `…_end`.
struct CodexMCPDeed {
    let id: String
    private let name: Substring
    private let isOver: Bool
    private let event: JSONValue

    /// nil for an event that is none.
    init?(_ type: String, _ event: JSONValue) {
        guard let id = event["call_id"]?.text else { return nil }
        if type.hasSuffix("_begin") {
            (name, isOver) = (type.dropLast("_begin".count), false)
        } else if type.hasSuffix("_end") {
            (name, isOver) = (type.dropLast("_end".count), true)
        } else if type == "view_image_tool_call" {
            (name, isOver) = (type[...], true)
        } else {
            return nil
        }
        self.id = id
        self.event = event
    }

    /// The deed as an action; one that we do not know may have changed the world, and is the use of a tool.
    var action: Action {
        let (kind, title) = kindAndTitle, status = status
        let reason = status == .failed ? failure : nil
        return Action(id: id, kind: kind, title: reason?.title(of: title) ?? title.headline(200), status: status)
    }

    private var failure: CodexDeedFailure? {
        switch name {
        case "exec_command": CodexDeedFailure(exitCode: event["exit_code"])
        case "patch_apply": CodexDeedFailure(event["stderr"]?.text)
        case "mcp_tool_call":
            CodexDeedFailure(event["result"]?["Err"]?.text) ?? CodexDeedFailure(answer: event["result"]?["Ok"])
        default: nil
        }
    }

    private var kindAndTitle: (Action.Kind, String) {
        switch name {
        case "exec_command": (.command, Self.command(event["command"]))
        case "patch_apply": (.file, Self.paths(event["changes"]))
        case "mcp_tool_call": (.tool, tool)
        case "web_search": (.search, nonempty(event["query"]?.text) ?? "web search")
        case "view_image_tool_call": (.tool, "view \(event["path"]?.text ?? "image")")
        default: (.tool, String(name.map { $0 == "_" ? " " : $0 }))
        }
    }

    private var tool: String {
        let names = ["server", "tool"].compactMap { event["invocation"]?[$0]?.text }
        return names.isEmpty ? "a tool" : names.joined(separator: ".")
    }

    private var status: Action.Status {
        guard isOver else { return .started }
        switch event["status"]?.text {
        case "completed": return .completed
        case "failed": return .failed
        case "declined": return .declined
        default: break
        }
        let hasFailed =
            event["success"] == .bool(false) || event["result"]?["Err"] != nil
            || event["result"]?["Ok"]?["isError"] == .bool(true)
            || event["exit_code"].map { $0 != .integer(0) } ?? false
        return hasFailed ? .failed : .completed
    }

    private func nonempty(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    // MARK: What questions hold as well

    /// The command as the model wrote it, without the shell that Codex wraps it in.
    static func command(_ words: JSONValue?) -> String {
        guard case .array(let values)? = words else { return words?.text ?? "a command" }
        let words = values.compactMap(\.text)
        if let script = ShellInvocation.script(in: words) { return script }
        return words.isEmpty ? "a command" : ShellInvocation.line(of: words)
    }

    /// The changed files, in one line.
    static func paths(_ changes: JSONValue?) -> String {
        guard case .object(let files)? = changes, !files.isEmpty else { return "change files" }
        return files.keys.sorted().joined(separator: ", ")
    }
}
