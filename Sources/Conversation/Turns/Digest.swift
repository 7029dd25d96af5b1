/// What was said lately, for an agent that does not know the conversation.
struct Digest {
    /// How many messages an agent is told that has lost the conversation, and how many characters.
    static let items = 12, characters = 6000

    private var lines: [String]

    /// The end of what `records` tell: at most `items` messages and answers, oldest first.
    init(_ records: [Record], items: Int = Self.items) {
        var lines: [String] = []
        for record in records {
            switch record.event {
            case .started(let turn): lines.append("User: \(turn.text)")
            case .finished(_, let outcome) where !outcome.text.isEmpty: lines.append("You: \(outcome.text)")
            case .finished, .accepted, .dropped, .steered, .unsteered, .stopping, .delta, .action, .approval, .stage,
                .changed, .shared, .notice, .revised, .deleted:
                break
            }
        }
        self.lines = lines.suffix(items)
    }

    var isEmpty: Bool { lines.isEmpty }

    /// The digest and what was `answered` since, in front of `message`; the message alone when nothing was said before.
    func introducing(_ message: String, answered: [String] = []) -> String {
        var digest = self
        digest.lines += answered.map { "You: \($0)" }
        guard !digest.isEmpty else { return message }
        return """
            You no longer have the earlier conversation. This is how it ended:

            \(digest.text(Self.characters))

            The message to answer now:

            \(message)
            """
    }

    /// All of it, cut at the beginning to `limit` characters: the latest counts most.
    func text(_ limit: Int) -> String {
        let text = lines.joined(separator: "\n\n")
        return text.count > limit ? "…" + text.suffix(limit - 1) : text
    }
}
