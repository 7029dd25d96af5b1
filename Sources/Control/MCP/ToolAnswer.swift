import JSONRPC

/// What a tool answers.
public struct ToolAnswer: Codable, Hashable, Sendable {
    /// For the model.
    public var text: String
    /// Whether the tool failed, which the text then explains.
    public var isError: Bool

    /// Creates an answer.
    public init(text: String, isError: Bool = false) {
        self.text = text
        self.isError = isError
    }

    /// The most characters of a text that a model is given.
    static let longestText = 60_000

    /// The answer as MCP writes one: words alone, because some models are given nothing beside structured content.
    var result: JSONValue {
        [
            "content": [["type": "text", "text": .string(Self.bounded(text))]],
            "isError": .bool(isError),
        ]
    }

    /// The beginning of a text that is too long, with a last line that says so.
    private static func bounded(_ text: String) -> String {
        guard text.utf8.count > longestText, text.count > longestText else { return text }
        let note = "\n[cut: the whole answer has \(text.count) characters; ask for less]"
        return text.prefix(longestText - note.count) + note
    }
}
