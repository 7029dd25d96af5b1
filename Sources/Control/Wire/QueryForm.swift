import Conversation

/// A question to the core about itself, as JSON.
struct QueryForm: Codable, Sendable {
    /// The name of the question.
    var kind: String
    /// How many turns of the history.
    var turns: Int?
    /// Whether use is asked of all sessions; missing for no.
    var all: Bool?
    /// By what use is to be told; missing for an overview.
    var topic: String?
    /// What is asked of the place in which people and agents work.
    var place: SurroundingsForm?

    init(_ query: Query) {
        switch query {
        case .help: kind = "help"
        case .status: kind = "status"
        case .queue: kind = "queue"
        case .history(let turns): (kind, self.turns) = ("history", turns)
        case .last: kind = "last"
        case .agents: kind = "agents"
        case .sessions: kind = "sessions"
        case .usage(let question):
            (kind, all, topic) = ("usage", question.isOfAll ? true : nil, question.topic?.rawValue)
        case .surroundings(let question): (kind, place) = ("surroundings", SurroundingsForm(question))
        }
    }

    /// The question; nil for one that only newer versions know.
    var query: Query? {
        switch kind {
        case "help": .help
        case "status": .status
        case "queue": .queue
        case "history": .history(min(max(1, turns ?? 10), 1000))
        case "last": .last
        case "agents": .agents
        case "sessions": .sessions
        case "usage":
            if let topic {
                UsageQuestion.Topic(rawValue: topic).map { .usage(UsageQuestion(ofAll: all ?? false, by: $0)) }
            } else {
                .usage(UsageQuestion(ofAll: all ?? false))
            }
        case "surroundings": place?.question.map(Query.surroundings)
        default: nil
        }
    }
}
