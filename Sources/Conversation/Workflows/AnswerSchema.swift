/// The form that an answer must have, for agents that can be held to one: a JSON object of a fixed word and of free text.
public struct AnswerSchema: Hashable, Sendable {
    /// The name of the member that holds one of ``words``.
    public var choice: String
    /// What it can be.
    public var words: [String]
    /// The name of the member that holds text.
    public var text: String

    /// Creates a schema from its parts.
    public init(choice: String, words: [String], text: String) {
        self.choice = choice
        self.words = words
        self.text = text
    }

    /// What `role` answers; nil for words.
    init?(of role: Role) {
        switch role {
        case .selector: self.init(choice: "mode", words: Mode.allCases.map(\.rawValue), text: "reason")
        case .reviewer: self.init(choice: "result", words: ["approved", "needs_changes"], text: "feedback")
        case .planner, .developer: return nil
        }
    }
}
