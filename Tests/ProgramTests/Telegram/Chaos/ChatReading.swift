import TestSupport

/// What a chat of one person shows of turns, as that person reads it: by the order and the words of messages alone.
///
/// For answers that begin with “answer N.” and go on with “wordN”.
struct ChatReading {
    /// What became of a message.
    enum End: Hashable {
        /// Its answer, all messages of it together, without white space.
        case answered(String)
        /// That it is not tried again, and why.
        case closed(String)
    }

    private static let crash = "cm stopped while this turn ran"
    /// What is said of one that is tried again, or in plan mode goes on.
    private static let retry = [
        "; it had not acted and runs again", "; it goes on with the ", "; its work was done, and",
    ]

    /// How turns ended, in order; without those that run again, and those of the program's own messages to its agent.
    private(set) var ends: [End] = []
    /// How many turns a crash has hit that run again.
    private(set) var retries = 0
    /// How many messages of its own the program had for its agent, each of which has a turn that people see, too.
    private(set) var notes = 0
    /// How many placeholders stand there for good.
    private(set) var placeholders = 0
    /// Whether something shows a turn that runs.
    private(set) var isWorking = false
    /// What is none of all this.
    private(set) var others: [String] = []

    init(_ seen: TestSupport.Transcript) {
        for message in seen.byBot {
            let text = message.text
            if text == "…" {
                placeholders += 1
            } else if text.hasPrefix("⏳") || message.button("Cancel") != nil {
                isWorking = true
            } else if message.replyTo != nil || !message.isSilent {
                // Said in answer to a message; or the word at the end of a turn that no message in the chat began.
                continue
            } else if text.contains(Self.crash), message.buttons.isEmpty {
                if Self.retry.contains(where: text.contains) { retries += 1 } else { ends.append(.closed(text)) }
            } else if text.hasPrefix("answer ") {
                ends.append(.answered(Self.dense(text)))
            } else if text.hasPrefix("word"), case .answered(let start)? = ends.last {
                ends[ends.count - 1] = .answered(start + Self.dense(text))
            } else if text.hasPrefix("note to the agent") {
                notes += 1
            } else {
                others.append(text)
            }
        }
    }

    /// `text` without white space, which may go where an answer is cut.
    static func dense(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }
}
