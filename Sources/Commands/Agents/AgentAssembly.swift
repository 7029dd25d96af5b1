import AgentShell
import Conversation
import Logging
import Processes
import Prompts
import Settings

/// Puts together the agents that the settings ask for.
struct AgentAssembly {
    let settings: ChatSettings
    let custody: Custody
    let clock: any Clock<Duration>
    let logger: @Sendable (String) -> Logger

    private var values: Settings { settings.values }

    /// All agents that can be chosen, in the order of the ``AgentRoster``.
    func makePool() -> ShellPool {
        let roster = AgentRoster(settings)
        let appServer = CodexShell(options: codex, clock: clock, logger: logger("codex"))
        let mcp = CodexMCPShell(options: codexMCP, clock: clock, logger: logger("codex-mcp"))
        let copilot = CopilotShell(options: copilot, clock: clock, logger: logger("copilot"))
        var processes = [appServer.run, mcp.run, copilot.run]
        let codex: any AgentShell =
            switch values[.codexTransport] {
            case "app-server": appServer
            case "mcp": NamedShell("codex", mcp, model: nil)
            default: TransportShell("codex", first: appServer, second: mcp)
            }
        let members = roster.agents.map { agent -> ShellPool.Member in
            let shell: any AgentShell
            switch agent.kind {
            case .codex(let model): shell = named(agent.name, codex, model)
            case .codexMCP: shell = mcp
            case .copilot(let model): shell = named(agent.name, copilot, model)
            case .offline: shell = OfflineShell(introduction: Prompt.offline)
            case .command(let command):
                let custom = CommandShell(
                    options: self.command(command, called: agent.name), logger: logger(agent.name))
                processes.append(custom.run)
                shell = custom
            }
            return ShellPool.Member(shell, isInstalled: { agent.isInstalled })
        }
        return ShellPool(
            members, automatic: roster.automatic, turnedOff: roster.turnedOff, processes: processes,
            logger: logger("agents"))
    }

    private func named(_ name: String, _ shell: any AgentShell, _ model: String?) -> any AgentShell {
        name == shell.name && model == nil ? shell : NamedShell(name, shell, model: model)
    }

    // MARK: Options

    private var codex: CodexOptions {
        var options = CodexOptions(
            command: values[.codexCommand], environment: settings.childEnvironment,
            workingDirectory: settings.workingDirectory, model: values[.codexAgentModel],
            approvalPolicy: values[.codexApprovalPolicy], sandbox: values[.codexSandbox],
            handshakeTimeout: values[.codexHandshakeTimeout], interruptTimeout: values[.codexInterruptTimeout],
            retryTimeout: values[.codexRetryTimeout], clientVersion: Program.version, provider: settings.codexProvider)
        options.custody = custody
        options.grace = values[.agentsExitGrace]
        options.idleTimeout = values[.agentsIdleUnload]
        return options
    }

    private var codexMCP: CodexMCPOptions {
        var options = CodexMCPOptions(
            command: values[.codexMCPCommand] ?? values[.codexCommand], arguments: values[.codexMCPArguments],
            environment: codex.childEnvironment, workingDirectory: settings.workingDirectory,
            model: values[.codexAgentModel], clientVersion: Program.version)
        options.approvalPolicy = values[.codexApprovalPolicy]
        options.sandbox = values[.codexSandbox]
        options.providerArguments = codex.providerArguments
        options.handshakeTimeout = values[.codexHandshakeTimeout]
        options.idleTimeout = values[.agentsIdleUnload]
        options.custody = custody
        return options
    }

    private var copilot: CopilotOptions {
        var options = CopilotOptions(
            command: values[.copilotCommand], environment: settings.childEnvironment,
            workingDirectory: settings.workingDirectory, model: values[.copilotModel],
            provider: settings.copilotProvider, handshakeTimeout: values[.copilotHandshakeTimeout],
            interruptTimeout: values[.copilotInterruptTimeout])
        options.custody = custody
        options.grace = values[.agentsExitGrace]
        options.idleTimeout = values[.agentsIdleUnload]
        return options
    }

    private func command(_ command: [String], called name: String) -> CommandOptions {
        var options = CommandOptions(
            name: name, command: command, environment: settings.childEnvironment,
            workingDirectory: settings.workingDirectory)
        options.custody = custody
        options.grace = values[.agentsExitGrace]
        return options
    }
}
