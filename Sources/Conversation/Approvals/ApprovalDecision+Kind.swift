extension ApprovalDecision {
    /// What kind of answer it is, as it is kept and sent: `allow`, `session`, `deny` or `answer`.
    public var kind: String {
        switch self {
        case .allow: "allow"
        case .allowForSession: "session"
        case .deny: "deny"
        case .answer: "answer"
        }
    }

    /// The reason of a denial, or the answer to a question; nil for none.
    public var words: String? {
        switch self {
        case .allow, .allowForSession: nil
        case .deny(let reason): reason
        case .answer(let text): text
        }
    }

    /// The answer that has this ``kind`` and these ``words``; nil for one that only newer versions know.
    public init?(kind: String, words: String?) {
        switch kind {
        case "allow": self = .allow
        case "session": self = .allowForSession
        case "deny": self = .deny(reason: words)
        case "answer": self = .answer(words ?? "")
        default: return nil
        }
    }
}
