/// A question of an agent whether it may do something, or how to go on.
public struct ApprovalRequest: Hashable, Sendable {
    /// What the agent wants.
    public enum Kind: String, Sendable {
        case command, file, tool
        /// An answer in words.
        case question
    }

    /// The agent's own name of the request, unique among its open ones.
    public var id: String
    /// What the agent wants.
    public var kind: Kind
    /// One line: the command, the paths, the tool's name, the question.
    public var title: String
    /// The rest of what is asked, exactly: working directory, diff, arguments.
    ///
    /// With kind and title it says what is allowed: a request that differs in a letter is another one. Empty when the
    /// title says it all.
    public var detail: String
    /// Why, in the agent's words; empty when it says nothing.
    public var reason: String
    /// Whether the agent declares the tool read-only.
    ///
    /// Never true for commands and files.
    public var isReadOnly: Bool
    /// The answers that a question offers; empty when it offers none.
    ///
    /// Any other answer is possible, too.
    public var choices: [String]

    /// Creates a request from its parts.
    public init(
        id: String, kind: Kind, title: String, detail: String = "", reason: String = "", isReadOnly: Bool = false,
        choices: [String] = []
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.detail = detail
        self.reason = reason
        self.isReadOnly = isReadOnly
        self.choices = choices
    }

    /// Whether a repetition can be told from something else: a change of files without its difference cannot.
    public var isRepeatable: Bool { kind != .file || !detail.isEmpty }

    /// Whether `action` is what this asks for, as far as their titles tell.
    public func concerns(_ action: Action) -> Bool {
        kind.rawValue == action.kind.rawValue && title.headline(200) == action.title.headline(200)
    }

    /// What is allowed by allowing this.
    public var permission: Permission { Permission(kind: kind, title: title, detail: detail) }
}

/// Exactly what a request asks for, by which a repetition is recognised.
public struct Permission: Hashable, Sendable {
    /// What the agent wants.
    public var kind: ApprovalRequest.Kind
    /// See ``ApprovalRequest/title``.
    public var title: String
    /// See ``ApprovalRequest/detail``.
    public var detail: String

    /// Creates a permission from its parts.
    public init(kind: ApprovalRequest.Kind, title: String, detail: String) {
        self.kind = kind
        self.title = title
        self.detail = detail
    }
}

/// The answer to a request of an agent.
public enum ApprovalDecision: Hashable, Sendable {
    /// Yes, this once.
    case allow
    /// Yes, and the same again as long as the conversation lasts.
    case allowForSession
    /// No; the reason is told to the agent where it can be.
    case deny(reason: String?)
    /// The answer to a question, in words.
    case answer(String)

    /// Whether the agent may go on with what it asked.
    public var isPositive: Bool {
        switch self {
        case .allow, .allowForSession, .answer: true
        case .deny: false
        }
    }
}
