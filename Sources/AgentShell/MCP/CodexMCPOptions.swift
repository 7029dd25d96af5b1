public import Processes
public import Redaction

/// How Codex's MCP server is started and what it may do.
public struct CodexMCPOptions: Sendable {
    /// The program: a name looked up in the `PATH` of `environment`, or a path.
    public var command: String
    /// What follows its name.
    public var arguments: [String]
    /// How Codex reaches its model, as its other commands take it: `-c` and `model_provider="…"`, for example.
    ///
    /// The server itself ignores such arguments, so they go with the call that begins a conversation.
    public var providerArguments: [String] = []
    /// The child's whole environment.
    public var environment: [String: String]
    /// Where it works, an absolute path.
    public var workingDirectory: String
    /// nil for the agent's own default.
    public var model: String?
    /// `untrusted`, `on-request` or `never`, as Codex spells them.
    public var approvalPolicy = "on-request"
    /// `read-only`, `workspace-write` or `danger-full-access`, as Codex spells them.
    public var sandbox = "workspace-write"
    /// How long a start may take, up to the end of the handshake.
    public var handshakeTimeout = Duration.seconds(10)
    /// How long a process may take to end, once by itself and once more after SIGTERM.
    ///
    /// An idle one needs 20 ms, one that was interrupted does not end by itself; what it runs goes on so long. Not
    /// `agents.exit_grace`: a turn that failed or was interrupted ends with its process, so that would delay each.
    public var grace = Duration.milliseconds(250)
    /// How long a process is kept that has nothing to do; with it goes the conversation.
    public var idleTimeout = Duration.seconds(600)
    /// How many processes are kept that have nothing to do, of 60 to 130 MB each.
    public var idleLimit = 6
    /// Who sees to it that nothing of the agent outlives cm; nil for nobody.
    public var custody: Custody?
    /// Takes the secrets out of what the program says on its standard error; asked at each start.
    public var redactor: @Sendable () -> Redactor = { Redactor() }
    /// Our version, told to the server.
    public var clientVersion: String

    /// How long a sign of life may take, which the server gives without its model.
    ///
    /// Measured: under 1 ms.
    var checkTimeout: Duration { .seconds(30) }
    /// How long to wait for a question about a tool that Codex announced.
    ///
    /// Measured: those about commands and files follow within 5 ms, those about tools never.
    var questionTimeout: Duration { .seconds(3) }

    /// Creates options.
    public init(
        command: String, arguments: [String] = ["mcp-server"], environment: [String: String],
        workingDirectory: String, model: String? = nil, clientVersion: String
    ) {
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.model = model
        self.clientVersion = clientVersion
    }
}
