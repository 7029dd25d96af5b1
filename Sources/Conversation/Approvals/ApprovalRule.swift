/// Which requests of agents are allowed without asking anybody.
///
/// The others are put to the people attached to the session, and denied where nobody can be asked.
public enum ApprovalRule: String, CaseIterable, Sendable {
    case none
    /// Tools declared read-only; never shell commands and files.
    case read
    case all

    func allows(_ request: ApprovalRequest) -> Bool {
        switch self {
        case .none: false
        case .read: request.kind == .tool && request.isReadOnly
        case .all: request.kind != .question
        }
    }
}
