/// What `/help` tells: the commands, and how the conversation stands.
struct HelpText: Hashable, Sendable {
    private static let opening = "talk to coding agents. What you type goes to the agent, except commands:"
    private static let closing = "Any other /word goes to the agent, and //word always does."

    /// Of the program.
    var version: String
    /// Mode, profile, agent and the like, a word or two each.
    var standing: [String]

    /// The longest usage that what the command does stands beside, in characters; a longer one has a line of its own.
    private static let widestUsage = 23

    /// The commands in columns, for a terminal.
    var table: String {
        text(SlashCommand.allCases, standing: standing.joined(separator: " · ")) { command in
            let isLong = command.usage.count > Self.widestUsage
            let padding = String(repeating: " ", count: Self.widestUsage - (isLong ? -2 : command.usage.count))
            return "  \(command.usage)\(isLong ? "\n" : "")\(padding)  \(command.summary)"
        }
    }

    /// A line for each command, for a narrow screen in letters of any width.
    ///
    /// Each begins with its command, so that Telegram makes it a link.
    var list: String {
        text(SlashCommand.allCases.filter { !$0.isForTerminal }, standing: standing.joined(separator: "\n")) {
            command in
            "\(command.usage) – \(command.summary)"
        }
    }

    /// As it suits where it was asked for.
    func text(for origin: Message.Origin) -> String {
        switch origin {
        case .telegram: list
        case .terminal, .script, .mcp, .system: table
        }
    }

    private func text(
        _ commands: [SlashCommand], standing: String, line: (SlashCommand) -> String
    ) -> String {
        (["cm \(version): \(Self.opening)"] + commands.map(line) + [Self.closing, standing]).joined(separator: "\n")
    }
}
