import AgentShell
import Logging
import Processes
import Redaction
import Settings

/// All that an agent's process depends on in the settings: recipes that are equal make the same process.
struct AgentRecipe: Equatable, Sendable {
    /// Which program it is, and how to speak with it.
    enum Kind: Equatable, Sendable {
        case codex, codexMCP, copilot
        case command([String], playsRoles: Bool)
    }

    /// What processes are made with, whatever the settings say.
    struct Kitchen: Sendable {
        let custody: Custody
        let clock: any Clock<Duration>
        let logger: @Sendable (String) -> Logger
        let redactor: @Sendable () -> Redactor
    }

    /// Tells it from the others of its time.
    let name: String
    private let kind: Kind
    private let provider: ModelProvider?
    /// A thread that is open keeps its model, so another one needs another process.
    private let models: [String: String]
    private let values: SettingsPart
    private let environment: [String: String]
    private let workingDirectory: String
    /// How long a turn has to stop.
    private let interruptTimeout: Duration

    /// The recipe of the agent `name` of this kind.
    init(_ kind: Kind, called name: String, _ settings: ChatSettings) {
        self.kind = kind
        self.name = name
        let executors: ExecutorSetting.Kind
        let keys: [AnySettingKey]
        switch kind {
        case .codex:
            (provider, executors) = (settings.codexProvider, .codex)
            keys = [
                AnySettingKey(.codexCommand), AnySettingKey(.codexAgentModel), AnySettingKey(.codexApprovalPolicy),
                AnySettingKey(.codexSandbox), AnySettingKey(.codexHandshakeTimeout),
                AnySettingKey(.codexRetryTimeout), AnySettingKey(.agentsExitGrace), AnySettingKey(.agentsIdleUnload),
            ]
        case .codexMCP:
            (provider, executors) = (settings.codexProvider, .codex)
            keys = [
                AnySettingKey(.codexMCPCommand), AnySettingKey(.codexCommand), AnySettingKey(.codexMCPArguments),
                AnySettingKey(.codexAgentModel), AnySettingKey(.codexApprovalPolicy), AnySettingKey(.codexSandbox),
                AnySettingKey(.codexHandshakeTimeout), AnySettingKey(.agentsIdleUnload),
            ]
        case .copilot:
            (provider, executors) = (settings.copilotProvider, .copilot)
            keys = [
                AnySettingKey(.copilotCommand), AnySettingKey(.copilotModel), AnySettingKey(.codexAgentModel),
                AnySettingKey(.copilotHandshakeTimeout),
                AnySettingKey(.providerWireAPI),
                AnySettingKey(.agentsExitGrace), AnySettingKey(.agentsIdleUnload),
            ]
        case .command:
            (provider, executors) = (nil, .custom)
            keys = [AnySettingKey(.agentsExitGrace)]
        }
        values = settings.values.part(keys)
        interruptTimeout = Self.interruptTimeout(
            kind == .copilot ? .copilotInterruptTimeout : .codexInterruptTimeout, settings.values)
        models = settings.values.executors.filter { $0.kind == executors && $0.isEnabled }.reduce(into: [:]) {
            $0[$1.name] = $1.model
        }
        let extra = executors == .codex ? settings.providerKeys : [:]
        environment = settings.childEnvironment.merging(extra) { $1 }
        workingDirectory = settings.workingDirectory
    }

    /// As `key` says, else as is said for what people cancel over Telegram.
    private static func interruptTimeout(_ key: SettingKey<Duration>, _ settings: Settings) -> Duration {
        settings.origin(of: key) == .default ? settings[.telegramCancelWait] : settings[key]
    }

    /// A shell of this recipe; it has to be run.
    func makeShell(in kitchen: Kitchen) -> RetirableShell {
        let (clock, logger) = (kitchen.clock, kitchen.logger(name))
        switch kind {
        case .codex:
            let shell = CodexShell(options: codex(in: kitchen), clock: clock, logger: logger)
            return RetirableShell(shell, process: shell.run)
        case .codexMCP:
            let shell = CodexMCPShell(options: codexMCP(in: kitchen), clock: clock, logger: logger)
            return RetirableShell(shell, process: shell.run)
        case .copilot:
            let shell = CopilotShell(options: copilot(in: kitchen), clock: clock, logger: logger)
            return RetirableShell(shell, process: shell.run)
        case .command(let command, let playsRoles):
            let shell = CommandShell(options: self.command(command, playsRoles, in: kitchen), logger: logger)
            return RetirableShell(shell, process: shell.run)
        }
    }

    // MARK: Options

    /// What both ways to Codex have in common.
    private var anyCodex: CodexOptions {
        CodexOptions(
            command: values[.codexCommand], environment: environment, workingDirectory: workingDirectory,
            model: values[.codexAgentModel], approvalPolicy: values[.codexApprovalPolicy],
            sandbox: values[.codexSandbox], handshakeTimeout: values[.codexHandshakeTimeout],
            clientVersion: Program.version, provider: provider)
    }

    private func codex(in kitchen: Kitchen) -> CodexOptions {
        var options = anyCodex
        options.interruptTimeout = interruptTimeout
        options.retryTimeout = values[.codexRetryTimeout]
        options.custody = kitchen.custody
        options.redactor = kitchen.redactor
        options.grace = values[.agentsExitGrace]
        options.idleTimeout = values[.agentsIdleUnload]
        return options
    }

    private func codexMCP(in kitchen: Kitchen) -> CodexMCPOptions {
        let codex = anyCodex
        var options = CodexMCPOptions(
            command: values[.codexMCPCommand] ?? codex.command, arguments: values[.codexMCPArguments],
            environment: codex.childEnvironment, workingDirectory: workingDirectory, model: codex.model,
            clientVersion: codex.clientVersion)
        options.approvalPolicy = codex.approvalPolicy
        options.sandbox = codex.sandbox
        options.providerArguments = codex.providerArguments
        options.handshakeTimeout = codex.handshakeTimeout
        options.idleTimeout = values[.agentsIdleUnload]
        options.custody = kitchen.custody
        options.redactor = kitchen.redactor
        return options
    }

    private func copilot(in kitchen: Kitchen) -> CopilotOptions {
        var options = CopilotOptions(
            command: values[.copilotCommand], environment: environment, workingDirectory: workingDirectory,
            model: values[.copilotModel],
            provider: provider.flatMap {
                CopilotProvider($0, wireAPI: values[.providerWireAPI], model: values[.codexAgentModel])
            },
            handshakeTimeout: values[.copilotHandshakeTimeout], interruptTimeout: interruptTimeout)
        options.custody = kitchen.custody
        options.redactor = kitchen.redactor
        options.grace = values[.agentsExitGrace]
        options.idleTimeout = values[.agentsIdleUnload]
        return options
    }

    private func command(_ command: [String], _ playsRoles: Bool, in kitchen: Kitchen) -> CommandOptions {
        var options = CommandOptions(
            name: name, command: command, environment: environment, workingDirectory: workingDirectory)
        options.playsRoles = playsRoles
        options.custody = kitchen.custody
        options.redactor = kitchen.redactor
        options.grace = values[.agentsExitGrace]
        return options
    }
}
