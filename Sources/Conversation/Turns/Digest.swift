/// What was said lately, for an agent that has lost the conversation.
struct Digest {
    /// How many messages it holds at most, and how many characters.
    static let items = 12, characters = 6000

    private let lines: [String]

    /// The end of what `records` tell: messages and answers, oldest first.
    init(_ records: [Record]) {
        var lines: [String] = []
        for record in records {
            switch record.event {
            case .started(let turn): lines.append("User: \(turn.text)")
            case .finished(_, let outcome) where !outcome.text.isEmpty: lines.append("You: \(outcome.text)")
            case .finished, .accepted, .dropped, .steered, .unsteered, .delta, .action, .approval, .changed, .notice:
                break
            }
        }
        self.lines = lines.suffix(Self.items)
    }

    var isEmpty: Bool { lines.isEmpty }

    /// The digest in front of `message`; the message alone when nothing was said before.
    func introducing(_ message: String) -> String {
        guard !isEmpty else { return message }
        let text = lines.joined(separator: "\n\n")
        // The latest counts most.
        let clipped = text.count > Self.characters ? "…" + text.suffix(Self.characters - 1) : text
        return """
            You no longer have the earlier conversation. This is how it ended:

            \(clipped)

            The message to answer now:

            \(message)
            """
    }
}
