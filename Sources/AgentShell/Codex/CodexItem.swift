import Conversation
import JSONRPC

/// Reads the items of a turn: what Codex said and did.
struct CodexItem {
    let id: String
    let type: String
    private let members: JSONValue

    /// nil when it has no id or type.
    init?(_ value: JSONValue?) {
        guard let value, let id = value["id"]?.text, let type = value["type"]?.text else { return nil }
        self.id = id
        self.type = type
        members = value
    }

    /// The text of an agent's message.
    var text: String { members["text"]?.text ?? "" }

    /// How Codex asks whether this call of a tool may be made; nil for all else.
    var toolQuestion: String? {
        guard type == "mcpToolCall", let server = text("server"), let tool = text("tool") else { return nil }
        return "Allow the \(server) MCP server to run tool \"\(tool)\"?"
    }

    /// The server of a tool call; nil for all else.
    var toolServer: String? { type == "mcpToolCall" ? text("server") : nil }

    /// Whether a tool call declares to change nothing.
    var isReadOnly: Bool { members["readOnlyHint"] == .bool(true) }

    /// The paths of a file change.
    var pathList: String { paths.joined(separator: ", ") }

    /// What a file change does, file by file.
    var diff: String {
        changes.map { change in
            let kind = change["kind"]?["type"]?.text ?? "change"
            let target = change["kind"]?["move_path"]?.text.map { " -> \($0)" } ?? ""
            return "\(kind) \(change["path"]?.text ?? "a file")\(target)\n\(change["diff"]?.text ?? "")"
        }.joined(separator: "\n")
    }

    /// The file change with other changes, which Codex told later.
    func with(changes: JSONValue) -> CodexItem? {
        guard case .object(var members) = members else { return nil }
        members["changes"] = changes
        return CodexItem(.object(members))
    }

    /// The item as an action, or nil for one that is none, also for types of versions to come.
    ///
    /// One that may have changed the world is an action whatever its members lack: the turn must not run again.
    func action(isComplete: Bool) -> Action? {
        guard let (kind, title) = kindAndTitle, !title.isEmpty else { return nil }
        let status = status(isComplete)
        let reason = status == .failed ? failure : nil
        return Action(id: id, kind: kind, title: reason?.title(of: title) ?? title.headline(200), status: status)
    }

    private var failure: CodexDeedFailure? {
        switch type {
        case "commandExecution": CodexDeedFailure(exitCode: members["exitCode"])
        case "mcpToolCall":
            CodexDeedFailure(members["error"]?["message"]?.text) ?? CodexDeedFailure(answer: members["result"])
        default: nil
        }
    }

    private var kindAndTitle: (Action.Kind, String)? {
        switch type {
        case "commandExecution": (.command, command)
        case "fileChange": (.file, paths.isEmpty ? "change files" : paths.joined(separator: ", "))
        case "mcpToolCall": (.tool, tool)
        case "dynamicToolCall", "collabAgentToolCall": (.tool, text("tool") ?? type)
        case "webSearch": (.search, text("query") ?? "web search")
        case "imageView": (.tool, "view \(text("path") ?? "image")")
        case "imageGeneration": (.tool, "generate an image")
        case "contextCompaction": (.reasoning, "the conversation is being summarised")
        case "reasoning": (.reasoning, summary)
        case _ where Self.harmless.contains(type): nil
        // Of a version to come: it may have changed the world.
        default: (.tool, type)
        }
    }

    /// Types that are no actions.
    private static let harmless: Set = [
        "userMessage", "agentMessage", "plan", "sleep", "hookPrompt", "enteredReviewMode", "exitedReviewMode",
        "functionCallOutput", "subAgentActivity",
    ]

    private func text(_ key: String) -> String? { members[key]?.text }

    private var command: String {
        let command = CodexCommand(members).text
        return command.isEmpty ? "a command" : command
    }

    private var tool: String {
        let names = [text("server"), text("tool")].compactMap(\.self)
        return names.isEmpty ? "a tool" : names.joined(separator: ".")
    }

    private var paths: [String] { changes.compactMap { $0["path"]?.text } }

    private var changes: [JSONValue] {
        guard case .array(let changes)? = members["changes"] else { return [] }
        return changes
    }

    private var summary: String {
        guard case .array(let parts)? = members["summary"] else { return "" }
        return parts.compactMap { $0.text ?? $0["text"]?.text }.joined(separator: " ")
    }

    private func status(_ isComplete: Bool) -> Action.Status {
        switch text("status") {
        case "completed": .completed
        case "failed": .failed
        case "declined": .declined
        case "inProgress": .started
        default: isComplete ? .completed : .started
        }
    }
}
