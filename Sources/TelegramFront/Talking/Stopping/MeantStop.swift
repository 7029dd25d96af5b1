package import Conversation

/// What a `/cancel` was found to stop: kept with its update before it stops that, so that after a crash it is the same.
public struct MeantStop: Hashable, Sendable, Codable {
    /// The number of the turn that ran; nil for none.
    private let number: Int64?
    /// How many messages were on their way to the core, which are closed with it.
    let count: Int
    /// What the only one of them said.
    private let words: String?

    /// The stop of `turn`, and of messages that say this, each with what belongs to it; `redact` takes secrets out of
    /// what is quoted.
    package init(_ turn: Turn.ID?, _ said: [String], redact: (String) -> String) {
        number = turn?.rawValue
        count = said.count
        // Secrets have to be whole to be found.
        words = said.count == 1 ? said.first.flatMap { $0.isEmpty ? nil : redact($0).headline(60) } : nil
    }

    /// The turn that ran; nil for none.
    var turn: Turn.ID? { number.map(Turn.ID.init) }

    /// What is told of the messages; nil for none.
    var told: String? {
        switch count {
        case 0: nil
        case 1:
            "your message before it\(words.map { " (“\($0)”)" } ?? "") was still on its way and is not handed in"
        default: "\(count) messages before it were still on their way and are not handed in"
        }
    }
}
