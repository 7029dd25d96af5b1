import Conversation
import JSONRPC

/// A form of a tool server with at most one field, which can be asked as a question.
struct CodexForm {
    private enum Field {
        /// Only to be confirmed.
        case none
        case text(String)
        case flag(String)
        /// One of these values, shown by these labels.
        case choice(String, [(label: String, value: String)])
    }

    private let field: Field

    /// nil when it has more than one field, or one of another type.
    init?(_ params: JSONValue) {
        guard case .object(let properties)? = params["requestedSchema"]?["properties"], properties.count <= 1 else {
            return nil
        }
        guard let (name, schema) = properties.first else {
            field = .none
            return
        }
        switch schema["type"]?.text {
        case "boolean": field = .flag(name)
        case "string":
            let choices = Self.choices(schema)
            field = choices.isEmpty ? .text(name) : .choice(name, choices)
        default: return nil
        }
    }

    private static func choices(_ schema: JSONValue) -> [(label: String, value: String)] {
        if case .array(let options)? = schema["oneOf"] {
            return options.compactMap { option in
                option["const"]?.text.map { (option["title"]?.text ?? $0, $0) }
            }
        }
        guard case .array(let values)? = schema["enum"] else { return [] }
        let texts = values.compactMap(\.text)
        guard case .array(let names)? = schema["enumNames"], names.count == texts.count else {
            return texts.map { ($0, $0) }
        }
        return zip(names, texts).map { ($0.text ?? $1, $1) }
    }

    /// The question that stands for the form.
    func request(id: String, message: String, server: String) -> ApprovalRequest {
        var text = CodexApprovalWording(message, else: "a question")
        text.add("asked by the tool server \(server)")
        let choices: [String] =
            switch field {
            case .none, .text: []
            case .flag: ["yes", "no"]
            case .choice(_, let choices): choices.map(\.label)
            }
        // What is only to be confirmed is no question: it is allowed or denied.
        let kind: ApprovalRequest.Kind = if case .none = field { .tool } else { .question }
        return ApprovalRequest(id: id, kind: kind, title: text.title, detail: text.detail, choices: choices)
    }

    /// The answer in the form's own terms; one that does not fit declines.
    func reply(to decision: ApprovalDecision) -> JSONValue {
        let declined: JSONValue = ["action": "decline"]
        let answer: String
        switch decision {
        case .deny: return declined
        case .allow, .allowForSession: answer = "yes"
        case .answer(let text): answer = text
        }
        let word = answer.trimmed.lowercased()
        switch field {
        case .none:
            return ["action": "accept", "content": [:]]
        case .text(let name):
            return ["action": "accept", "content": .object([name: .string(answer)])]
        case .flag(let name):
            guard let flag = Self.flags[word] else { return declined }
            return ["action": "accept", "content": .object([name: .bool(flag)])]
        case .choice(let name, let choices):
            let chosen = choices.first { $0.label.lowercased() == word || $0.value.lowercased() == word }
            guard let chosen else { return declined }
            return ["action": "accept", "content": .object([name: .string(chosen.value)])]
        }
    }

    private static let flags = ["yes": true, "y": true, "true": true, "no": false, "n": false, "false": false]
}

extension String {
    fileprivate var trimmed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
