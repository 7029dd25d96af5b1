import Conversation

/// What the offline agent answers to what.
///
/// The same words get the same answer in the same situation.
struct OfflineRules: Sendable {
    /// An answer, and what was looked up for it.
    struct Answer: Hashable, Sendable {
        var text: String
        var lookedUp: String?
    }

    let introduction: String
    let operations: any Operations

    private enum Topic: CaseIterable {
        case install, help, status, queue, last, history, agents, identity

        /// Words of which one is enough, the topics in the order of their precedence.
        var words: Set<String> {
            switch self {
            case .install: ["install", "setup", "codex", "copilot", "login", "key"]
            case .help: ["help", "commands", "command", "usage", "how"]
            case .status: ["status", "state", "running", "doing", "session", "mode", "directory", "workspace"]
            case .queue: ["queue", "queued", "waiting", "waits"]
            case .last: ["last", "repeat", "again"]
            case .history: ["history", "said", "conversation", "earlier"]
            case .agents: ["agents", "agent", "shells"]
            case .identity: ["who", "what", "you", "version", "model"]
            }
        }

        /// What to ask the core; nil when the introduction is the answer.
        var query: (Query, String)? {
            switch self {
            case .install, .identity: nil
            case .help: (.help, "help")
            case .status: (.status, "status of the session")
            case .queue: (.queue, "queue of the session")
            case .last: (.last, "last answer")
            case .history: (.history(10), "history of the session")
            case .agents: (.agents, "agents")
            }
        }
    }

    func answer(_ text: String, for session: SessionID) async -> Answer {
        let words = Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
        guard let topic = Topic.allCases.first(where: { !$0.words.isDisjoint(with: words) }) else {
            let heard = "I am the offline agent of cm and cannot work on “\(text.headline(80))”.\n\n"
            return Answer(text: heard + introduction)
        }
        guard let (query, name) = topic.query else { return Answer(text: introduction) }
        return Answer(text: await operations.report(query, for: session), lookedUp: "looked up: \(name)")
    }
}
