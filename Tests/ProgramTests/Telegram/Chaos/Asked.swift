import TestSupport

/// What somebody writes to the bot, and what has to come of it.
struct Asked {
    enum Kind: CaseIterable {
        /// Wants an answer of a few words.
        case words
        /// Wants an answer of several messages.
        case manyWords
        /// Wants one that takes a moment.
        case slowWords
        /// Wants a command run, which has to be allowed.
        case deed
        /// A command that shows something.
        case look
        /// A command that changes something.
        case change
    }

    let number: Int
    let kind: Kind
    /// The message in the chat.
    var message = 0

    /// How many words the long answers have: more than two messages take.
    private static let longest = 1_100

    /// What is written.
    var text: String {
        switch kind {
        case .words: "[[say: \(opening)]]"
        case .manyWords: "[[count: \(Self.longest)]] [[say: \(opening)]]"
        case .slowWords: "[[delay: 0.03]] [[count: 8]] [[say: \(opening)]]"
        case .deed: "[[sh: echo \(number) >> deeds]] [[say: \(opening)]]"
        case .look: "/status"
        case .change: "/mode single"
        }
    }

    /// With what its answer begins.
    var opening: String { "answer \(number)." }

    /// Its answer, without white space; nil for a command, which is answered by a reply.
    var answer: String? {
        let count: Int
        switch kind {
        case .words, .deed: count = 0
        case .manyWords: count = Self.longest
        case .slowWords: count = 8
        case .look, .change: return nil
        }
        return ChatReading.dense(opening) + (2..<max(count, 2)).map { "word\($0)" }.joined()
    }

    /// What the bot has replied; nothing for a placeholder.
    func replies(in seen: TestSupport.Transcript) -> [String] {
        seen.byBot.filter { $0.replyTo == message && $0.text != "…" }.map(\.text)
    }
}
