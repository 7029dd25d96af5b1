public import Processes
public import Redaction

/// How Codex is started and what it may do.
public struct CodexOptions: Sendable {
    /// The program: a name looked up in the `PATH` of `environment`, or a path.
    public var command: String
    /// The child's whole environment.
    public var environment: [String: String]
    /// Where it works, an absolute path.
    public var workingDirectory: String
    /// nil for the agent's own default.
    public var model: String?
    /// `untrusted`, `on-request` or `never`, as Codex spells them.
    public var approvalPolicy: String
    /// `read-only`, `workspace-write` or `danger-full-access`, as Codex spells them.
    public var sandbox: String
    /// How long the start may take, up to the answer of the handshake.
    public var handshakeTimeout: Duration
    /// How long an interrupt may take before the process is replaced.
    public var interruptTimeout: Duration
    /// How long a turn may go on trying to reach its model without getting any further.
    public var retryTimeout: Duration
    /// Who sees to it that nothing of the agent outlives cm; nil for nobody.
    public var custody: Custody?
    /// Takes the secrets out of what the program says on its standard error; asked at each start.
    public var redactor: @Sendable () -> Redactor = { Redactor() }
    /// How long the agent may take to end, once by itself and once more after SIGTERM.
    public var grace = Duration.seconds(2)
    /// How long a thread is kept ready without a turn.
    public var idleTimeout = Duration.seconds(600)
    /// Our version, told to Codex.
    public var clientVersion: String
    /// Whose models it uses; nil for what its own configuration says.
    public var provider: ModelProvider?

    /// How long a request may take that Codex answers by itself, without its model.
    ///
    /// Measured: under 0.2 s.
    var requestTimeout: Duration { .seconds(30) }

    /// How long a turn may take to begin, once Codex has taken it; tool servers are started meanwhile.
    var startTimeout: Duration { .seconds(120) }

    /// How long words that go with something else may take, which are not worth more waiting.
    var courtesyTimeout: Duration { .seconds(5) }

    /// The arguments of the program.
    var arguments: [String] { ["app-server"] + providerArguments }

    /// What tells Codex, as any of its commands, about the provider.
    public var providerArguments: [String] { provider.map { CodexProvider($0).arguments } ?? [] }

    /// The environment of the program, with what the provider needs.
    public var childEnvironment: [String: String] {
        environment.withoutKey(provider?.apiKey?.secret)
            .merging(provider.map { CodexProvider($0).environment } ?? [:]) { $1 }
    }

    /// Creates options.
    public init(
        command: String, environment: [String: String], workingDirectory: String, model: String? = nil,
        approvalPolicy: String = "on-request", sandbox: String = "workspace-write",
        handshakeTimeout: Duration = .seconds(10), interruptTimeout: Duration = .seconds(5),
        retryTimeout: Duration = .seconds(120), clientVersion: String, provider: ModelProvider? = nil
    ) {
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.model = model
        self.approvalPolicy = approvalPolicy
        self.sandbox = sandbox
        self.handshakeTimeout = handshakeTimeout
        self.interruptTimeout = interruptTimeout
        self.retryTimeout = retryTimeout
        self.clientVersion = clientVersion
        self.provider = provider
    }
}
