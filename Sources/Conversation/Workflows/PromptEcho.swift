/// Recognises an agent that answers with what it was told to be.
enum PromptEcho {
    /// Shorter prompts may stand in a good answer by chance.
    static let shortest = 80

    /// Whether `answer` holds the whole of `prompt`, however it is broken into lines.
    static func isIn(_ answer: String, of prompt: String?) -> Bool {
        guard let prompt, prompt.count >= shortest else { return false }
        return folded(answer).contains(folded(prompt))
    }

    private static func folded(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
