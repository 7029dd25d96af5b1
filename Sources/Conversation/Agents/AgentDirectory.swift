/// Which agent a session talks to.
public enum AgentChoice: Hashable, Sendable, CustomStringConvertible {
    /// The first that answers.
    case auto
    /// This one and no other.
    case named(String)

    /// Reads what people type: `auto`, or a name.
    public init(_ text: String) { self = text == "auto" ? .auto : .named(text) }

    /// What people type for it.
    public var description: String {
        switch self {
        case .auto: "auto"
        case .named(let name): name
        }
    }
}

/// The agents that can be chosen.
///
/// A port: the adapters' side conforms.
public protocol AgentDirectory: Sendable {
    /// The names that ``AgentChoice/named(_:)`` can have, in the order in which people see them.
    var names: [String] { get }

    /// Why the agent called `name`, which is none of ``names``, cannot be chosen: one line.
    func absence(of name: String) -> String

    /// The shell for `choice`, prepared; it stays that one as long as somebody holds it, whatever the settings become.
    ///
    /// For `auto` it is the one called `earlier`, which worked on the conversation last, else the first that can be
    /// prepared, with one line that says why earlier ones were passed over (nil when
    /// none was, or when they are simply not installed). A named one is never replaced by another: throws
    /// ``AgentError`` with the code `unavailable`.
    func shell(
        for choice: AgentChoice, after earlier: String?
    ) async throws -> (shell: any AgentShell, note: String?)

    /// How all agents are, in the order of ``names``.
    func statuses() async -> [ShellStatus]
}

extension AgentDirectory {
    /// The shell for `choice` in a new conversation.
    public func shell(for choice: AgentChoice) async throws -> (shell: any AgentShell, note: String?) {
        try await shell(for: choice, after: nil)
    }
}
