import Conversation

/// What Tab offers in a line that is a command.
struct CommandCompletion {
    let candidates: [Completion]

    /// The candidates for the word at the end of `line`, the text before the cursor.
    init(line: String, agents: [String]) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard let first = words.first, first.hasPrefix("/"), let word = words.last else {
            candidates = []
            return
        }
        let all =
            words.count == 1
            ? SlashCommand.completions.map { Completion(word: $0.name, hint: $0.summary) }
            : SlashCommand.values(of: first, agents: agents).map { Completion(word: $0) }
        candidates = words.count <= 2 ? all.filter { $0.word.hasPrefix(word) } : []
    }
}
