import Conversation
import JSONRPC

/// A question of Codex, and how it wants to be answered.
struct CodexApproval {
    let request: ApprovalRequest
    private let reply: Reply
    private let isElicitation: Bool

    /// Reads a request of Codex; nil for one that is no approval we know.
    ///
    /// `turn` knows the actions that questions refer to: the one about a file change has nothing but its id.
    init?(_ method: String, _ params: JSONValue, _ reply: Reply, in turn: CodexTurn) {
        let id = "a\(reply.id)"
        let reason = params["reason"]?.text ?? ""
        switch method {
        case "item/commandExecution/requestApproval":
            let directory = params["cwd"]?.text.map { "in \($0)" } ?? ""
            let command = CodexCommand(params).text
            request = ApprovalRequest(
                id: id, kind: .command, title: command.isEmpty ? "a command" : command, detail: directory,
                reason: reason)
        case "item/fileChange/requestApproval":
            let title = params["itemId"]?.text.flatMap(turn.title) ?? "change files"
            request = ApprovalRequest(id: id, kind: .file, title: title, reason: reason)
        case "mcpServer/elicitation/request":
            // Other elicitations are forms that a tool server wants a person to fill in.
            guard params["_meta"]?["codex_approval_kind"]?.text == "mcp_tool_call" else { return nil }
            request = ApprovalRequest(
                id: id, kind: .tool, title: params["message"]?.text ?? "use a tool",
                isReadOnly: turn.isReadingOnly(server: params["serverName"]?.text))
        default:
            return nil
        }
        self.reply = reply
        isElicitation = method == "mcpServer/elicitation/request"
    }

    func answer(_ decision: ApprovalDecision) throws {
        switch (isElicitation, decision) {
        case (false, .allow), (false, .answer): try reply.send(CodexDecision(decision: "accept"))
        case (false, .allowForSession): try reply.send(CodexDecision(decision: "acceptForSession"))
        case (false, .deny): try reply.send(CodexDecision(decision: "decline"))
        case (true, .allow), (true, .allowForSession), (true, .answer):
            try reply.send(CodexElicitationAnswer(action: "accept"))
        case (true, .deny): try reply.send(CodexElicitationAnswer(action: "decline"))
        }
    }
}
