public import Conversation
import JSONRPC
public import Logging
import Processes

/// Codex through `codex app-server`: one process for all conversations, started when first needed and after a death.
public final class CodexShell: AgentShell {
    /// `codex`.
    public let name = "codex"
    private let keeper: ProcessKeeper<CodexProcess>

    /// Creates a shell that starts nothing until ``run()`` runs and somebody needs it.
    public init(
        options: CodexOptions, clock: any Clock<Duration> = ContinuousClock(), logger: Logger = Logger(label: "codex")
    ) {
        var child = ChildProcess(
            options.command, arguments: options.arguments, environment: options.childEnvironment,
            workingDirectory: options.workingDirectory, grace: options.grace)
        child.custody = options.custody
        child.owner = name
        let program = AgentProgram(
            name: name, product: "Codex", setting: "codex.command", child: child, logger: logger,
            redactor: options.redactor)
        keeper = ProcessKeeper(of: name, clock: clock, logger: logger) { stage in
            await program.run { child in
                let process = CodexProcess(options: options, clock: clock, logger: logger)
                let transport = StreamTransport(reading: child.output) { line in
                    try await child.write(line)
                } finish: {
                    await child.closeInput()
                }
                try await process.run(over: transport) { version in
                    stage.ready(process, child.pid, "version \(version)")
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
    public func prepare() async throws { _ = try await keeper.process() }

    /// Opens a thread of the process, which is started, once more if it has just died.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        try await keeper.withProcess { try await $0.open(request) }
    }

    /// How the process is.
    public func status() async -> ShellStatus { keeper.status() }
}
