import Conversation
import JSONRPC

/// Tells Codex about a server of tools.
struct CodexToolServer {
    private let server: ToolServer

    init(_ server: ToolServer) { self.server = server }

    /// The key of its table in Codex's configuration.
    var key: String { "mcp_servers.\(server.name)" }

    /// Its table in Codex's configuration.
    ///
    /// The tools are used without asking, also where Codex would refuse what it may not ask for: the core asks people
    /// itself. So a call may take as long as they do. A server that does not start is done without.
    var table: JSONValue {
        [
            "command": .string(server.command), "args": .array(server.arguments.map(JSONValue.string)),
            "env": .object(server.environment.mapValues(JSONValue.string)), "default_tools_approval_mode": "approve",
            "startup_timeout_sec": 10, "tool_timeout_sec": 86400, "required": false,
        ]
    }

    /// What the model is told: the user's own instructions, which ours would replace, and then ours.
    func instructions(after own: String?) -> String? {
        let parts = [own ?? "", server.instructions].filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
    }
}
