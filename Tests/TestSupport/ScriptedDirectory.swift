public import Conversation

/// The agents of a test.
public struct ScriptedDirectory: AgentDirectory {
    private let shells: [any AgentShell]
    private let note: String?

    /// Creates a directory of `shells`, of which `auto` means the first, with `note` as the reason.
    public init(_ shells: any AgentShell..., note: String? = nil) {
        self.shells = shells
        self.note = note
    }

    /// The names of the shells.
    public var names: [String] { shells.map(\.name) }

    /// That there is none.
    public func absence(of name: String) -> String { "no agent is called \(name)" }

    /// The shell that was chosen, prepared.
    public func shell(
        for choice: AgentChoice, after earlier: String?
    ) async throws -> (shell: any AgentShell, note: String?) {
        switch choice {
        case .auto:
            guard let first = shells.first else { throw AgentError(.unavailable, "no agent is scripted") }
            try await first.prepare()
            return (first, note)
        case .named(let name):
            guard let shell = shells.first(where: { $0.name == name }) else {
                throw AgentError(.unavailable, "no agent called \(name) is scripted")
            }
            try await shell.prepare()
            return (shell, nil)
        }
    }

    /// What the shells say.
    public func statuses() async -> [ShellStatus] {
        var statuses: [ShellStatus] = []
        for shell in shells { statuses.append(await shell.status()) }
        return statuses
    }
}
