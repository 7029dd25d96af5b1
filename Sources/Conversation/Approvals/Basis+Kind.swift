extension Approval.Basis {
    /// What kind of basis it is, as it is kept and sent: `person`, `rule`, `session`, `grant` or `withdrawal`.
    public var kind: String {
        switch self {
        case .person: "person"
        case .rule: "rule"
        case .session: "session"
        case .grant: "grant"
        case .withdrawal: "withdrawal"
        }
    }

    /// What was allowed before, for a grant; nil for all else.
    public var granted: Approval.ID? {
        if case .grant(let id) = self { id } else { nil }
    }

    /// The basis that has this ``kind`` and was ``granted`` so; one that only newer versions know is a withdrawal.
    public init(kind: String, granted: Approval.ID?) {
        self =
            switch kind {
            case "person": .person
            case "rule": .rule
            case "session": .session
            case "grant": .grant(granted ?? Approval.ID(rawValue: 0))
            default: .withdrawal
            }
    }
}
