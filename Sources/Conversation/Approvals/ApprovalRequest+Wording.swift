extension ApprovalRequest.Kind {
    /// What the agent wants, for people: the words behind the name of the approval.
    package var wish: String {
        switch self {
        case .command: "wants to run a command"
        case .file: "wants to change files"
        case .tool: "wants to use a tool"
        case .question: "asks"
        }
    }

    /// Stands before the title, with a blank behind it.
    package var mark: String {
        switch self {
        case .command: "$ "
        case .file: "± "
        case .tool: "⚙ "
        case .question: "? "
        }
    }
}
