import Conversation
import JSONRPC

/// A question of Codex, and how it wants to be answered.
struct CodexApproval {
    let approval: Approval
    private let reply: Reply
    private let isElicitation: Bool

    /// Reads a request of Codex; nil for one that is no approval we know.
    ///
    /// `titleOf` names the action that an item stands for: the question about a file change has nothing but its id.
    init?(_ method: String, _ params: JSONValue, _ reply: Reply, titleOf: (String) -> String?) {
        let id = "a\(reply.id)"
        let reason = params["reason"]?.text ?? ""
        switch method {
        case "item/commandExecution/requestApproval":
            let directory = params["cwd"]?.text.map { "in \($0)" } ?? ""
            let detail = [reason, directory].filter { !$0.isEmpty }.joined(separator: "\n")
            approval = Approval(
                id: id, kind: .command, title: params["command"]?.text ?? "a command", detail: detail)
        case "item/fileChange/requestApproval":
            let title = params["itemId"]?.text.flatMap(titleOf) ?? "change files"
            approval = Approval(id: id, kind: .file, title: title, detail: reason)
        case "mcpServer/elicitation/request":
            approval = Approval(id: id, kind: .tool, title: params["message"]?.text ?? "use a tool")
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
