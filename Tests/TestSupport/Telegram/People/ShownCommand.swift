/// A command in the bot's menu.
public struct ShownCommand: Hashable, Sendable {
    /// The name, without the slash.
    public var command: String
    /// What the menu says about it.
    public var description: String

    /// Creates a command.
    public init(command: String, description: String) {
        self.command = command
        self.description = description
    }
}
