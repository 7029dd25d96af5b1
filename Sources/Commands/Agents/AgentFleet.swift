import AgentShell
import Conversation
import Locking
import Logging
import Processes
import Prompts
import Settings

/// The agents that the settings ask for, while these change.
///
/// A class with a lock: who runs the agents and who follows the settings share it.
final class AgentFleet: Sendable {
    /// Who can be chosen; it runs the processes.
    let pool: ShellPool
    private let kitchen: AgentRecipe.Kitchen
    private let crew = Locked(Crew())

    /// The shells with a process of their own that are in service, each under the name of its recipe.
    private struct Crew {
        var shells: [String: (recipe: AgentRecipe, shell: RetirableShell)] = [:]
        /// The one that found out which way to Codex works.
        var transport: (first: RetirableShell, second: RetirableShell, shell: TransportShell)?
    }

    /// Makes the agents for `settings`; starts none before the pool runs.
    init(_ settings: ChatSettings, in kitchen: AgentRecipe.Kitchen) {
        self.kitchen = kitchen
        pool = ShellPool([], logger: kitchen.logger("agents"))
        follow(settings)
    }

    /// Makes the agents those for `settings`: what has the same recipe as before stays, all else gets a new process for
    /// what begins from now on, while the old one ends when nobody uses it.
    ///
    /// Called by one at a time.
    func follow(_ settings: ChatSettings) {
        let roster = AgentRoster(settings)
        let earlier = crew.withLock(\.self)
        var muster = Muster(settings: settings, kitchen: kitchen, earlier: earlier)
        let members = roster.agents.map { agent in
            ShellPool.Member(muster.shell(of: agent), isInstalled: { agent.isInstalled })
        }
        let crew = muster.crew
        self.crew.withLock { $0 = crew }
        pool.exchange(
            members, automatic: roster.automatic, turnedOff: roster.turnedOff, processes: muster.processes)
        // Last: whoever has just chosen an old one gets on to its successor.
        for (name, old) in earlier.shells where old.shell !== crew.shells[name]?.shell {
            // An agent may go on with a process of another kind, as Codex does with another transport.
            old.shell.retire(for: crew.shells[name]?.shell ?? members.first { $0.shell.name == name }?.shell)
        }
    }

    /// Makes up a crew from the earlier one.
    private struct Muster {
        let settings: ChatSettings
        let kitchen: AgentRecipe.Kitchen
        let earlier: Crew
        private(set) var crew = Crew()
        /// What has to be run of the new ones.
        private(set) var processes: [@Sendable () async -> Void] = []

        init(settings: ChatSettings, kitchen: AgentRecipe.Kitchen, earlier: Crew) {
            self.settings = settings
            self.kitchen = kitchen
            self.earlier = earlier
        }

        mutating func shell(of agent: AgentRoster.Agent) -> any AgentShell {
            switch agent.kind {
            case .codex(let model): Self.named(agent.name, codex(), model)
            case .codexMCP: shell(.codexMCP, called: ReservedName.codexMCP.rawValue)
            case .copilot(let model):
                Self.named(agent.name, shell(.copilot, called: ReservedName.copilot.rawValue), model)
            case .offline: OfflineShell(introduction: Prompt.offline.text)
            case .command(let command, let playsRoles):
                shell(.command(command, playsRoles: playsRoles), called: agent.name)
            }
        }

        private static func named(_ name: String, _ shell: any AgentShell, _ model: String?) -> any AgentShell {
            name == shell.name && model == nil ? shell : NamedShell(name, shell, model: model)
        }

        private mutating func codex() -> any AgentShell {
            func appServer() -> RetirableShell { shell(.codex, called: ReservedName.codex.rawValue) }
            func mcp() -> RetirableShell { shell(.codexMCP, called: ReservedName.codexMCP.rawValue) }
            switch settings.values[.codexTransport] {
            case "app-server": return appServer()
            case "mcp": return NamedShell(ReservedName.codex.rawValue, mcp(), model: nil)
            default: return transport(appServer(), mcp())
            }
        }

        private mutating func transport(_ first: RetirableShell, _ second: RetirableShell) -> TransportShell {
            if let kept = crew.transport ?? earlier.transport, kept.first === first, kept.second === second {
                crew.transport = kept
                return kept.shell
            }
            let shell = TransportShell(ReservedName.codex.rawValue, first: first, second: second)
            crew.transport = (first, second, shell)
            return shell
        }

        /// The shell of this recipe, which several agents may share.
        private mutating func shell(_ kind: AgentRecipe.Kind, called name: String) -> RetirableShell {
            if let known = crew.shells[name] { return known.shell }
            let recipe = AgentRecipe(kind, called: name, settings)
            if let kept = earlier.shells[name], kept.recipe == recipe {
                crew.shells[name] = kept
                return kept.shell
            }
            let shell = recipe.makeShell(in: kitchen)
            processes.append(shell.run)
            crew.shells[name] = (recipe, shell)
            return shell
        }
    }
}
