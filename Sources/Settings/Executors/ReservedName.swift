/// Names that mean something where an agent is chosen, whatever the settings say.
public enum ReservedName: String, CaseIterable, Sendable {
    /// The first agent that answers.
    case auto
    case codex
    case codexMCP = "codex-mcp"
    case copilot
    case offline

    /// The kind of executor that may have the name; nil for none.
    var kind: ExecutorSetting.Kind? {
        switch self {
        case .codex: .codex
        case .copilot: .copilot
        case .auto, .codexMCP, .offline: nil
        }
    }
}
