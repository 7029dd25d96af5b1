/// A question of an agent whether it may do something, and what became of it.
public struct Approval: Hashable, Sendable {
    /// What the agent wants to do.
    public enum Kind: String, Sendable {
        case command, file, tool, question
    }

    /// What became of the question.
    public enum Status: String, Sendable {
        case asked, allowed, denied
    }

    /// The agent's own id of the question, unique among its open ones.
    public var id: String
    /// What the agent wants to do.
    public var kind: Kind
    /// One line: the command, the paths, the tool's name.
    public var title: String
    /// The whole of what is asked: reason, working directory, arguments.
    ///
    /// Empty when the title says it all.
    public var detail: String
    /// Whether the agent declares the tool read-only.
    ///
    /// Never true for commands and files.
    public var isReadOnly: Bool
    /// What became of the question.
    public var status: Status
    /// Who answered, empty while nobody did.
    public var by: String

    /// Creates an open question.
    public init(id: String, kind: Kind, title: String, detail: String = "", isReadOnly: Bool = false) {
        self.id = id
        self.kind = kind
        self.title = title
        self.detail = detail
        self.isReadOnly = isReadOnly
        status = .asked
        by = ""
    }
}

/// Which questions of agents are answered with yes when nobody is asked.
///
/// The others are denied.
public enum ApprovalRule: String, CaseIterable, Sendable {
    case none
    /// Tools declared read-only; never shell commands and files.
    case read
    case all

    func allows(_ approval: Approval) -> Bool {
        switch self {
        case .none: false
        case .read: approval.kind == .tool && approval.isReadOnly
        case .all: approval.kind != .question
        }
    }
}
