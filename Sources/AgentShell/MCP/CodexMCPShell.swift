public import Conversation
public import Logging
import Processes

/// Codex through `codex mcp-server`, or another server with its tools: a process for each conversation.
///
/// Such a process serves one call at a time and cannot be trusted after a call that failed or was given up, so it is
/// ended then, and the conversation with it; ``open(_:)`` begins a new one.
public final class CodexMCPShell: AgentShell {
    /// `codex-mcp`.
    public let name = "codex-mcp"
    private let fleet: CodexMCPFleet
    private let command: String

    /// Creates a shell that starts nothing until ``run()`` runs and somebody needs it.
    public init(
        options: CodexMCPOptions, clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger = Logger(label: "codex-mcp")
    ) {
        var child = ChildProcess(
            options.command, arguments: options.arguments, environment: options.environment,
            workingDirectory: options.workingDirectory, grace: options.grace)
        child.custody = options.custody
        child.owner = name
        let program = AgentProgram(
            name: name, product: "Codex", setting: "codex.mcp_command", child: child, logger: logger,
            redactor: options.redactor
        ) { line in
            // Codex takes `mcp-server` for something said to it when it has no such command.
            guard line.contains("stdin is not a terminal") else { return nil }
            return """
                \(options.command) has no MCP server any more (Codex dropped it in 0.154); set codex.transport = app-server
                """
        }
        command = options.command
        fleet = CodexMCPFleet(of: name, options: options, program: program, clock: clock, logger: logger)
    }

    /// It does.
    public var playsRoles: Bool { true }

    /// Keeps the processes, until the task is cancelled; when it returns, nothing of them is left.
    public func run() async { await fleet.run() }

    /// Starts a process when there is none, and waits until it has answered its handshake.
    public func prepare() async throws { _ = try await fleet.process(.anyone) }

    /// The conversation `request.resume` if its process still has it, else a new one, without an id until its first turn.
    ///
    /// Where the server does not tell what it calls a conversation, the id is one of ours.
    /// A conversation keeps the model that it was begun with; one that is to work in another directory is begun anew.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        if let id = request.resume, let process = fleet.process(of: id, in: request.workingDirectory) {
            return CodexMCPThread(process, in: fleet, for: request)
        }
        let process = try await fleet.process(.anyone)
        if request.purpose == .errand, !process.conversation.canOnlyRead {
            throw AgentError(
                .refused,
                "\(command) declares no sandbox and no approval-policy, so it cannot be kept from changing what it is only "
                    + "to look at; set codex.transport = app-server for plan mode")
        }
        return CodexMCPThread(in: fleet, for: request)
    }

    /// How the processes are; pid and uptime are those of the oldest.
    public func status() async -> ShellStatus { fleet.status() }
}
