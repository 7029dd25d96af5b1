import Conversation
import JSONRPC

/// A question of Codex, and how it wants to be answered.
struct CodexApproval {
    let approval: Approval
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
            let detail = [reason, directory].filter { !$0.isEmpty }.joined(separator: "\n")
            let command = CodexCommand(params).text
            approval = Approval(
                id: id, kind: .command, title: command.isEmpty ? "a command" : command, detail: detail)
        case "item/fileChange/requestApproval":
            let title = params["itemId"]?.text.flatMap(turn.title) ?? "change files"
            approval = Approval(id: id, kind: .file, title: title, detail: reason)
        case "mcpServer/elicitation/request":
            // Other elicitations are forms that a tool server wants a person to fill in.
            guard params["_meta"]?["codex_approval_kind"]?.text == "mcp_tool_call" else { return nil }
            approval = Approval(
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
        case (false, .allow): try reply.send(CodexDecision(decision: "accept"))
        case (false, .deny): try reply.send(CodexDecision(decision: "decline"))
        case (true, .allow): try reply.send(CodexElicitationAnswer(action: "accept"))
        case (true, .deny): try reply.send(CodexElicitationAnswer(action: "decline"))
        }
    }
}
