public import Processes
public import Redaction

/// How a command is run that answers messages.
public struct CommandOptions: Sendable {
    /// What people choose it by.
    public var name: String
    /// The program, a name looked up in the `PATH` of `environment` or a path, and what follows its name.
    public var command: [String]
    /// The child's whole environment.
    public var environment: [String: String]
    /// Where it works, an absolute path.
    public var workingDirectory: String
    /// Whether it understands what it is told to be.
    public var playsRoles = false
    /// The most bytes of an answer.
    public var outputLimit = 10 << 20
    /// How long an interrupted command may take to end, once by itself and once more after SIGTERM.
    public var grace = Duration.milliseconds(500)

    /// Who sees to it that nothing of the agent outlives cm; nil for nobody.
    public var custody: Custody?
    /// Takes the secrets out of what the program says on its standard error; asked at each start.
    public var redactor: @Sendable () -> Redactor = { Redactor() }
    /// Creates options; `command` holds at least the program.
    public init(
        name: String = "custom", command: [String], environment: [String: String], workingDirectory: String
    ) {
        self.name = name
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
    }
}
