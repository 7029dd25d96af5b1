/// An agent that may be given work, as the settings describe it.
public struct ExecutorSetting: Hashable, Sendable {
    /// What kind of agent it is.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case codex
        case copilot
        /// A command of the user's own.
        case custom
    }

    /// When it is chosen in place of others.
    public enum Role: String, CaseIterable, Hashable, Sendable {
        case primary
        case backup
        case tertiary
        case none
    }

    /// What people call it; no two have the same, in any case of letters.
    public let name: String
    /// What kind of agent it is.
    public let kind: Kind
    /// Which of its variants, as written; `DEFAULT` when nobody wrote one.
    public let variant: String
    /// Its share of the work, 0 or more, in proportion to the weights of the others.
    public let weight: Double
    /// When it is chosen in place of others.
    public let role: Role
    /// Whether it takes part.
    public let isEnabled: Bool
    /// The model it uses; nil for the agent's own.
    public let model: String?
    /// The program, a name or an absolute path, and its arguments; empty unless the kind is custom.
    public let command: [String]
    /// Whether it can plan and review, not only do the work.
    public let playsRoles: Bool
    /// Where it is written.
    public internal(set) var origin: Origin
}
