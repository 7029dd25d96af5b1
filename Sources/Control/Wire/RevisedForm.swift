import Conversation

/// What became of the wish to give a message another text, as JSON.
struct RevisedForm: Codable, Sendable {
    /// `changed`, `started`, `dropped`, `unknown` or `unfit`.
    var kind: String
    /// Why the text does not fit.
    var reason: String?

    init(_ revised: Revised) {
        switch revised {
        case .changed: kind = "changed"
        case .started: kind = "started"
        case .dropped: kind = "dropped"
        case .unknown: kind = "unknown"
        case .unfit(let reason): (kind, self.reason) = ("unfit", reason)
        }
    }

    /// What became of it; a kind of a newer version is taken for a text that does not fit.
    var revised: Revised {
        switch kind {
        case "changed": .changed
        case "started": .started
        case "dropped": .dropped
        case "unknown": .unknown
        default: .unfit(reason ?? "the change was not taken")
        }
    }
}
