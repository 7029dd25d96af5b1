/// A program that gives an agent tools over the Model Context Protocol; the agent starts and ends it.
public struct ToolServer: Hashable, Sendable {
    /// What agents call it by: letters, digits, `_` and `-`.
    public var name: String
    /// The program, an absolute path.
    public var command: String
    /// What follows its name.
    public var arguments: [String]
    /// What is added to the environment that the agent gives it, which may be next to nothing.
    public var environment: [String: String]
    /// What the model is told of the tools, with their names: some models have to look for tools to see them.
    public var instructions: String

    /// Creates a description; nothing is started.
    public init(
        name: String, command: String, arguments: [String] = [], environment: [String: String] = [:],
        instructions: String = ""
    ) {
        self.name = name
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.instructions = instructions
    }
}
