import Conversation
import JSONRPC

/// A request of Codex that a person answers, and how Codex wants the answer.
struct CodexApproval {
    /// What becomes of a request of Codex.
    enum Reading {
        case ask(CodexApproval)
        /// Nobody is asked, and it is declined by this answer, because of this.
        case answer(JSONValue, because: String)
        /// Nobody has to be asked: this is the answer.
        case accept(JSONValue)
        /// Not one that we know.
        case unknown
    }

    /// What to do with an answer.
    enum Step {
        case reply(JSONValue)
        /// There is one question more before Codex can be answered.
        case ask(CodexApproval)
    }

    private enum Form {
        case command
        case file
        case permissions(JSONValue)
        case tool
        case form(CodexForm)
        case questions(CodexQuestions)
    }

    /// What is asked.
    private(set) var request: ApprovalRequest
    /// Codex's name of the request.
    let id: RequestID
    private var form: Form

    /// Reads a request of Codex.
    ///
    /// `turn` knows the items that requests refer to: the one about a file change has nothing but its id. The tools of
    /// `toolServer` are used without asking.
    static func read(
        _ method: String, _ params: JSONValue, id: RequestID, in turn: CodexTurn, toolServer: String? = nil
    ) -> Reading {
        switch method {
        case "item/commandExecution/requestApproval": .ask(command(params, id))
        case "item/fileChange/requestApproval": .ask(file(params, id, turn))
        case "item/permissions/requestApproval": .ask(permissions(params, id))
        case "item/tool/requestUserInput": questions(params, id)
        case "mcpServer/elicitation/request": elicitation(params, id, turn, toolServer)
        default: .unknown
        }
    }

    /// Whether Codex has no place for the reason of a denial, so that the model has to be told otherwise.
    var losesReasons: Bool { if case .questions = form { false } else { true } }

    /// Takes the answer.
    func answered(_ decision: ApprovalDecision) -> Step {
        switch form {
        // Codex's answers for the session would allow more than was asked: any other change of these files, or any
        // command that wants the same host or permissions. Repetitions are the core's.
        case .command, .file:
            return .reply(["decision": decision.isPositive ? "accept" : "decline"])
        case .permissions(let asked):
            return .reply(["permissions": decision.isPositive ? asked : [:], "scope": "turn"])
        case .tool:
            // Codex's answer for the session would allow the tool with any other arguments, too.
            return .reply(decision.isPositive ? ["action": "accept", "content": [:]] : ["action": "decline"])
        case .form(let form):
            return .reply(form.reply(to: decision))
        case .questions(var questions):
            if let answers = questions.take(decision) { return .reply(answers) }
            var next = self
            next.form = .questions(questions)
            next.request = questions.request(id: Self.name(id))
            return .ask(next)
        }
    }

    // MARK: Reading

    private static func name(_ id: RequestID) -> String { "a\(id)" }

    private static func command(_ params: JSONValue, _ id: RequestID) -> CodexApproval {
        let command = CodexCommand(params)
        let isInput = params["kind"]?.text == "writeStdin"
        var text = CodexApprovalWording(isInput ? "input for: \(command.text)" : command.text, else: "a command")
        // The whole of it, where what the title shows was taken out of a shell's arguments by Codex.
        if !command.isExact { text.add(params["command"]?.text) }
        if isInput, case .object(let members) = params {
            let told: Set = [
                "threadId", "turnId", "itemId", "startedAtMs", "environmentId", "reason", "kind", "cwd", "command",
            ]
            text.add("input", json: .object(members.filter { !told.contains($0.key) }))
        }
        text.add(params["cwd"]?.text.map { "in \($0)" })
        text.add("network", json: params["networkApprovalContext"])
        text.add("more permissions", json: params["additionalPermissions"])
        let request = ApprovalRequest(
            id: name(id), kind: .command, title: text.title, detail: text.detail, reason: reason(params))
        return CodexApproval(request: request, id: id, form: .command)
    }

    private static func file(_ params: JSONValue, _ id: RequestID, _ turn: CodexTurn) -> CodexApproval {
        let item = params["itemId"]?.text.flatMap(turn.fileChange)
        var text = CodexApprovalWording(item?.pathList ?? "", else: "change files")
        text.add(item?.diff)
        text.add(params["grantRoot"]?.text.map { "and, until the session ends, any change under \($0)" })
        let request = ApprovalRequest(
            id: name(id), kind: .file, title: text.title, detail: text.detail, reason: reason(params))
        return CodexApproval(request: request, id: id, form: .file)
    }

    private static func permissions(_ params: JSONValue, _ id: RequestID) -> CodexApproval {
        let asked = params["permissions"] ?? [:]
        var text = CodexApprovalWording("more permissions")
        text.add("", json: asked)
        text.add(params["cwd"]?.text.map { "in \($0)" })
        let request = ApprovalRequest(
            id: name(id), kind: .tool, title: text.title, detail: text.detail, reason: reason(params))
        return CodexApproval(request: request, id: id, form: .permissions(asked))
    }

    private static func questions(_ params: JSONValue, _ id: RequestID) -> Reading {
        guard let questions = CodexQuestions(params) else { return .unknown }
        guard !questions.isSecret else {
            return .answer(questions.declined, because: "it asks for a secret, which would be kept in the conversation")
        }
        return .ask(CodexApproval(request: questions.request(id: name(id)), id: id, form: .questions(questions)))
    }

    private static func elicitation(
        _ params: JSONValue, _ id: RequestID, _ turn: CodexTurn, _ toolServer: String?
    ) -> Reading {
        let message = params["message"]?.text ?? "use a tool"
        let server = params["serverName"]?.text ?? ""
        guard params["_meta"]?["codex_approval_kind"]?.text == "mcp_tool_call" else {
            guard let form = CodexForm(params) else {
                return .answer(["action": "decline"], because: "it is a form that cannot be filled in here")
            }
            let request = form.request(id: name(id), message: message, server: server)
            return .ask(CodexApproval(request: request, id: id, form: .form(form)))
        }
        if let toolServer, server == toolServer { return .accept(["action": "accept", "content": [:]]) }
        var text = CodexApprovalWording(message)
        text.add("", json: params["_meta"]?["tool_params"])
        let request = ApprovalRequest(
            id: name(id), kind: .tool, title: text.title, detail: text.detail, reason: reason(params),
            isReadOnly: turn.isReadOnlyCall(asking: message, server: server))
        return .ask(CodexApproval(request: request, id: id, form: .tool))
    }

    private static func reason(_ params: JSONValue) -> String { params["reason"]?.text ?? "" }
}
