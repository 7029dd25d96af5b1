import Conversation
import JSONRPC

/// A call of a tool as Copilot reports it, and the action that it is.
struct CopilotTool {
    let id: String
    private let name: String
    private let arguments: JSONValue?
    /// The server and the tool's name there; nil for Copilot's own tools.
    private let served: (server: String, tool: String)?

    /// nil when it has no id.
    init?(_ data: JSONValue) {
        guard let id = data["toolCallId"]?.text else { return nil }
        self.id = id
        name = data["toolName"]?.text ?? "a tool"
        arguments = data["arguments"]
        served = data["mcpServerName"]?.text.map { ($0, data["mcpToolName"]?.text ?? data["toolName"]?.text ?? "") }
    }

    /// The action that begins; nil for what only speaks with the person.
    ///
    /// A tool of a version to come is an action: it may change the world, and the turn must not run again.
    var action: Action? {
        let (kind, title): (Action.Kind, String)
        switch (served, name) {
        case (let served?, _): (kind, title) = (.tool, "\(served.server).\(served.tool)")
        case (nil, "ask_user"), (nil, "report_intent"): return nil
        case (nil, "bash"), (nil, "powershell"): (kind, title) = (.command, text("command") ?? "a command")
        case (nil, "create"), (nil, "edit"): (kind, title) = (.file, text("path") ?? "change files")
        case (nil, "apply_patch"): (kind, title) = (.file, "change files")
        case (nil, "grep"), (nil, "glob"): (kind, title) = (.search, "\(name) \(text("pattern") ?? "")")
        case (nil, "web_fetch"): (kind, title) = (.search, text("url") ?? name)
        case (nil, "web_search"): (kind, title) = (.search, text("query") ?? name)
        default: (kind, title) = (.tool, "\(name) \(summary)")
        }
        return Action(id: id, kind: kind, title: title.headline(200), status: .started)
    }

    /// What matters most of the arguments of a tool that is not known better.
    private var summary: String {
        ["path", "description", "skill", "command", "name"].lazy.compactMap(text).first { !$0.isEmpty } ?? ""
    }

    private func text(_ key: String) -> String? { arguments?[key]?.text }

    /// `action` as it ended, from the report of its end; one that failed says why, when Copilot knows.
    static func end(of action: Action, _ data: JSONValue) -> Action {
        var ended = action
        ended.status = status(data)
        if ended.status == .failed, let reason = reason(data) {
            ended.title = action.title.headline(200 - reason.count) + reason
        }
        return ended
    }

    /// What goes behind the title of a call that failed.
    private static func reason(_ data: JSONValue) -> String? {
        if let code = exitCode(data) { return " (exit \(code))" }
        let message = data["error"]?["message"]?.text?.split(whereSeparator: \.isNewline).first
        return message.map { ": \(String($0).headline(80))" }
    }

    /// A command that fails is a success of the tool that ran it; how it ended is the last line of the result.
    private static func exitCode(_ data: JSONValue) -> Substring? {
        let start = "<exited with exit code "
        let last = data["result"]?["content"]?.text?.split(separator: "\n").last ?? ""
        return last.hasPrefix(start) && last.hasSuffix(">") ? last.dropFirst(start.count).dropLast() : nil
    }

    private static func status(_ data: JSONValue) -> Action.Status {
        guard data["success"] == .bool(true) else {
            return switch data["error"]?["code"]?.text {
            case "denied", "rejected": .declined
            default: .failed
            }
        }
        return exitCode(data) ?? "0" == "0" ? .completed : .failed
    }
}
