import Conversation
import JSONRPC

/// Questions that Codex asks in one request: put one after the other, answered together.
struct CodexQuestions {
    private struct Question {
        var id: String
        var header: String
        var text: String
        var options: [(label: String, description: String)]
        var isSecret: Bool

        init?(_ value: JSONValue) {
            guard let id = value["id"]?.text, let text = value["question"]?.text else { return nil }
            self.id = id
            self.text = text
            header = value["header"]?.text ?? ""
            isSecret = value["isSecret"] == .bool(true)
            guard case .array(let options)? = value["options"] else {
                self.options = []
                return
            }
            self.options = options.compactMap { option in
                option["label"]?.text.map { ($0, option["description"]?.text ?? "") }
            }
        }
    }

    private let questions: [Question]
    private var answers: [String] = []

    /// nil when there is no question in it.
    init?(_ params: JSONValue) {
        guard case .array(let values)? = params["questions"] else { return nil }
        questions = values.compactMap(Question.init)
        if questions.isEmpty || questions.count < values.count { return nil }
    }

    /// Whether an answer would be a secret.
    var isSecret: Bool { questions.contains(where: \.isSecret) }

    /// The answer that says that nobody answers.
    var declined: JSONValue { reply(elsewhere: "The person declined to answer.") }

    /// The question under way.
    ///
    /// `id` is the name of the whole request.
    func request(id: String) -> ApprovalRequest {
        let question = questions[answers.count]
        var text = CodexApprovalWording(question.text, else: "a question")
        text.add(question.header)
        for option in question.options where !option.description.isEmpty {
            text.add("\(option.label): \(option.description)")
        }
        if questions.count > 1 { text.add("(question \(answers.count + 1) of \(questions.count))") }
        return ApprovalRequest(
            id: answers.isEmpty ? id : "\(id).\(answers.count + 1)", kind: .question, title: text.title,
            detail: text.detail, choices: question.options.map(\.label))
    }

    /// Takes the answer to the question under way; returns the reply to all when none is left.
    ///
    /// Who declines one is not asked the rest.
    mutating func take(_ decision: ApprovalDecision) -> JSONValue? {
        switch decision {
        case .answer(let text): answers.append(text)
        case .allow, .allowForSession: answers.append("Yes.")
        case .deny(let reason):
            let why = reason.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
            return reply(elsewhere: "The person declined to answer\(why.isEmpty ? "." : why)")
        }
        guard answers.count == questions.count else { return Optional.none }
        return reply(elsewhere: "")
    }

    private func reply(elsewhere: String) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for (index, question) in questions.enumerated() {
            let answer = index < answers.count ? answers[index] : elsewhere
            members[question.id] = ["answers": [.string(answer)]]
        }
        return ["answers": .object(members)]
    }
}
