import Processes
import Settings

/// The agents that the settings name: which can be chosen, and in which order `auto` tries them.
struct AgentRoster {
    /// One that can be chosen.
    struct Agent: Hashable, Sendable {
        /// What it is.
        enum Kind: Hashable, Sendable {
            case codex(model: String?)
            case codexMCP
            case copilot(model: String?)
            case command([String], playsRoles: Bool)
            case offline

            /// Whether it can play the roles of plan mode, as its shell says.
            var playsRoles: Bool {
                switch self {
                case .codex, .codexMCP, .copilot: true
                case .command(_, let playsRoles): playsRoles
                case .offline: false
                }
            }
        }

        var name: String
        var kind: Kind
        /// The program as it was written; nil for none.
        var program: String?
        /// Whether the program is there, or somebody wrote down where it should be.
        var isInstalled: Bool
        /// The share of work in percent; nil when it is no executor.
        var share: Int?

        /// The program and the model, for people.
        var what: String {
            let model: String? =
                switch kind {
                case .codex(let model), .copilot(let model): model.map { "model \($0)" }
                case .codexMCP, .command, .offline: nil
                }
            return [program ?? "", model ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    let agents: [Agent]
    /// The names that `auto` tries, in order.
    let automatic: [String]
    /// Agents that the settings took away, with the place that says so.
    let turnedOff: [String: String]

    init(_ settings: ChatSettings) {
        let values = settings.values
        var turnedOff: [String: String] = [:]
        if values[.codexIsDisabled] {
            let origin = values.origin(of: .codexIsDisabled).description
            for name in [ReservedName.codex, .codexMCP] { turnedOff[name.rawValue] = origin }
        }
        if values[.copilotIsDisabled] {
            turnedOff[ReservedName.copilot.rawValue] = values.origin(of: .copilotIsDisabled).description
        }

        let enabled = values.executors.filter(\.isEnabled)
        let total = enabled.reduce(0) { $0 + $1.weight }
        var agents: [Agent] = []
        for executor in enabled {
            if let origin = turnedOff[executor.kind.rawValue] {
                turnedOff[executor.name] = origin
                continue
            }
            var agent = Self.agent(executor, settings)
            agent.share = total > 0 ? Int((executor.weight / total * 100).rounded()) : 0
            agents.append(agent)
        }
        let named = agents
        for agent in Self.standard(settings) where turnedOff[agent.name] == nil {
            if !agents.contains(where: { $0.name == agent.name }) { agents.append(agent) }
        }
        self.agents = agents
        self.turnedOff = turnedOff.filter { name, _ in !agents.contains { $0.name == name } }
        if named.isEmpty {
            automatic = [ReservedName.codex, .copilot, .offline].map(\.rawValue)
        } else {
            let primary = Set(enabled.filter { $0.role == .primary }.map(\.name))
            let names = named.map(\.name)
            automatic =
                names.filter(primary.contains) + names.filter { !primary.contains($0) }
                + [ReservedName.offline.rawValue]
        }
    }

    private static func agent(_ executor: ExecutorSetting, _ settings: ChatSettings) -> Agent {
        switch executor.kind {
        case .codex:
            Agent(
                name: executor.name, kind: .codex(model: executor.model), program: settings.values[.codexCommand],
                isInstalled: true)
        case .copilot:
            Agent(
                name: executor.name, kind: .copilot(model: executor.model), program: settings.values[.copilotCommand],
                isInstalled: true)
        case .custom:
            Agent(
                name: executor.name, kind: .command(executor.command, playsRoles: executor.playsRoles),
                program: executor.command.first,
                isInstalled: true)
        }
    }

    /// Those that are there without any configuration.
    private static func standard(_ settings: ChatSettings) -> [Agent] {
        let values = settings.values
        func isThere(_ program: String, _ key: SettingKey<String>) -> Bool {
            values.origin(of: key) != .default || settings.finds(program)
        }
        let (codex, copilot) = (values[.codexCommand], values[.copilotCommand])
        let mcp = values[.codexMCPCommand] ?? codex
        let isMCPThere = values.origin(of: .codexMCPCommand) != .default || isThere(codex, .codexCommand)
        let isCodexThere = values[.codexTransport] == "mcp" ? isMCPThere : isThere(codex, .codexCommand)
        return [
            standard(.codex, .codex(model: nil), program: codex, isInstalled: isCodexThere),
            standard(.codexMCP, .codexMCP, program: mcp, isInstalled: isMCPThere),
            standard(
                .copilot, .copilot(model: nil), program: copilot, isInstalled: isThere(copilot, .copilotCommand)),
            standard(.offline, .offline, program: nil, isInstalled: true),
        ]
    }

    private static func standard(
        _ name: ReservedName, _ kind: Agent.Kind, program: String?, isInstalled: Bool
    ) -> Agent {
        Agent(name: name.rawValue, kind: kind, program: program, isInstalled: isInstalled)
    }
}

extension ChatSettings {
    /// Whether agents would find `program`.
    func finds(_ program: String) -> Bool { Executables.find(program, path: childEnvironment["PATH"]) != nil }
}
