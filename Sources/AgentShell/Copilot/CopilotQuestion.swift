import Conversation
import JSONRPC

/// A question of the model to the person, and the way to answer it.
struct CopilotQuestion {
    let request: ApprovalRequest
    private let reply: Reply

    /// Reads the parameters of a `userInput.request`.
    init(_ params: JSONValue, _ reply: Reply) {
        let question = params["question"]?.text ?? ""
        let title = question.headline(200)
        var choices: [String] = []
        if case .array(let offered)? = params["choices"] { choices = offered.compactMap(\.text) }
        request = ApprovalRequest(
            id: "q\(reply.id)", kind: .question, title: title, detail: title == question ? "" : question,
            choices: choices)
        self.reply = reply
    }

    func answer(_ decision: ApprovalDecision) throws {
        switch decision {
        case .answer(let text): try send(text)
        // An error would be told to the model as if the person had said it.
        case .deny(let reason): try send(reason ?? "I do not want to answer this; decide for yourself.")
        // Not what a question asks for; the first choice is as good as any.
        case .allow, .allowForSession: try send(request.choices.first ?? "yes")
        }
    }

    /// Answers when there is nobody any more whom to ask.
    func withdraw() throws {
        try reply.refuse(RPCError(code: .invalidRequest, message: "nobody is there to answer"))
    }

    private func send(_ text: String) throws {
        try reply.send(CopilotAnswer(answer: text, wasFreeform: !request.choices.contains(text)))
    }
}
