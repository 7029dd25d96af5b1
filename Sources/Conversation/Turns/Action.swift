/// Something an agent did or does during a turn.
public struct Action: Hashable, Sendable {
    /// The kinds of action.
    public enum Kind: String, Sendable {
        case command, file, tool, search, plan, reasoning

        /// Whether the world may be different afterwards, so that the turn must not be repeated unasked.
        public var acts: Bool {
            switch self {
            case .command, .file, .tool, .search: true
            case .plan, .reasoning: false
            }
        }
    }

    /// How far an action has come.
    public enum Status: String, Sendable {
        case started, completed, failed, declined
    }

    /// The agent's own id of the action, unique within the turn.
    public var id: String
    /// What sort of thing it is.
    public var kind: Kind
    /// One line: the command, the paths, the tool's name.
    public var title: String
    /// How far it has come.
    public var status: Status
    /// Who did it.
    public var role: Role

    /// Whether the world may be different afterwards: those who only read change nothing.
    var acts: Bool { kind.acts && !role.readsOnly }

    /// Creates an action from its parts.
    public init(id: String, kind: Kind, title: String, status: Status, role: Role = .developer) {
        self.id = id
        self.kind = kind
        self.title = title
        self.status = status
        self.role = role
    }
}
