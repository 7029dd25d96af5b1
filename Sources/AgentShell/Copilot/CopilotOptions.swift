public import Processes
public import Redaction

/// How Copilot is started and what it may use.
public struct CopilotOptions: Sendable {
    /// The program: a name looked up in the `PATH` of `environment`, or a path.
    public var command: String
    /// What the child gets of our environment; the provider's key is left out.
    public var environment: [String: String]
    /// Where it works, an absolute path.
    public var workingDirectory: String
    /// nil for the agent's own default.
    public var model: String?
    /// nil for GitHub's models, which need a login.
    public var provider: CopilotProvider?
    /// How long the start may take, up to the answer of the handshake; the first one of all unpacks 173 MB.
    public var handshakeTimeout: Duration
    /// How long an interrupt may take before the process is replaced.
    public var interruptTimeout: Duration
    /// How long a turn that waits for the model may be silent before Copilot is asked whether it still works on it.
    public var silenceTimeout: Duration

    /// Who sees to it that nothing of the agent outlives cm; nil for nobody.
    public var custody: Custody?
    /// Takes the secrets out of what the program says on its standard error; asked at each start.
    public var redactor: @Sendable () -> Redactor = { Redactor() }
    /// How long the agent may take to end, once by itself and once more after SIGTERM.
    public var grace = Duration.seconds(2)
    /// How long a session is kept open without a turn.
    public var idleTimeout = Duration.seconds(600)
    /// How long a request may take that Copilot answers by itself, without its model.
    ///
    /// Measured: under 0.3 s.
    var requestTimeout: Duration { .seconds(30) }
    /// How long another program may take to let go of a session that is resumed here.
    var handoverTimeout: Duration { .seconds(3) }

    /// The child's whole environment.
    ///
    /// Copilot is told the key with each session.
    var childEnvironment: [String: String] { environment.withoutKey(provider?.apiKey) }

    /// The arguments that make it speak with us on its standard streams.
    var arguments: [String] {
        // What it would log are its users' words.
        ["--headless", "--no-auto-update", "--log-level", "none"] + (provider == nil ? [] : ["--no-auto-login"])
            + ["--stdio"]
    }

    /// Creates options.
    public init(
        command: String, environment: [String: String], workingDirectory: String, model: String? = nil,
        provider: CopilotProvider? = nil, handshakeTimeout: Duration = .seconds(20),
        interruptTimeout: Duration = .seconds(5), silenceTimeout: Duration = .seconds(90)
    ) {
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.model = model
        self.provider = provider
        self.handshakeTimeout = handshakeTimeout
        self.interruptTimeout = interruptTimeout
        self.silenceTimeout = silenceTimeout
    }
}
