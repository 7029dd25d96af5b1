public import Conversation
import JSONRPC
public import Logging
import Processes

/// Copilot through `copilot --headless`: one process for all conversations, started when first needed and after a death.
public final class CopilotShell: AgentShell {
    /// `copilot`.
    public let name = "copilot"
    private let keeper: ProcessKeeper<CopilotProcess>
    private let provider: CopilotProvider?

    /// Creates a shell that starts nothing until ``run()`` runs and somebody needs it.
    public init(
        options: CopilotOptions, clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger = Logger(label: "copilot")
    ) {
        provider = options.provider
        var child = ChildProcess(
            options.command, arguments: options.arguments, environment: options.childEnvironment,
            workingDirectory: options.workingDirectory, grace: options.grace)
        child.custody = options.custody
        child.owner = name
        let program = AgentProgram(
            name: name, product: "GitHub Copilot CLI", setting: "copilot.command", child: child, logger: logger,
            redactor: options.redactor)
        keeper = ProcessKeeper(of: name, clock: clock, logger: logger) { stage in
            await program.run { child in
                let process = CopilotProcess(options: options, clock: clock, logger: logger)
                let transport = StreamTransport(reading: child.output, framing: ContentLengthFramer()) { message in
                    try await child.write(message)
                } finish: {
                    await child.closeInput()
                }
                try await process.run(over: transport) { version in
                    stage.ready(process, child.pid, version)
                } ending: {
                    stage.ending()
                }
            }
        }
    }

    /// It does.
    public var playsRoles: Bool { true }

    /// Keeps the process, until the task is cancelled; when it returns, nothing of the process is left.
    public func run() async { await keeper.run() }

    /// Starts the process when there is none, and waits until it has answered its handshake.
    public func prepare() async throws {
        try provider?.checkAddress()
        _ = try await keeper.process()
    }

    /// Opens a session of the process, which is started, once more if it has just died.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        try provider?.checkAddress()
        return try await keeper.withProcess { try await $0.open(request) }
    }

    /// How the process is.
    public func status() async -> ShellStatus { keeper.status() }
}
