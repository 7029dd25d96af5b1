import Conversation
import Logging

/// What a bot does once it has found its way to Telegram: it welcomes its owner and says what it understands.
struct Greeter: Sendable {
    /// From one welcome to the next, in milliseconds.
    static let apart: Int64 = 600_000

    let api: BotAPI
    let memory: any BotMemory
    let guests: any Guests
    let outbox: Outbox
    /// Whether it is said when the agent cannot be had.
    let tellsOfAgent: Bool
    /// What people call the workspace; empty where that is not known.
    let project: String
    let now: @Sendable () -> Timestamp
    /// Takes secrets out of what is written to chats.
    let redact: @Sendable (String) -> String
    let logger: Logger

    /// Does both, as far as it is due; throws what cannot be kept.
    func greet(_ core: any Core) async throws {
        do {
            try await tellCommands()
        } catch let error as BotError {
            // The menu is a courtesy; the next start tries again.
            logger.warning("could not tell the menu of commands", metadata: ["error": "\(error)"])
        }
        let access = try await guests.access()
        guard !access.isEmpty else {
            return logger.warning("nobody is let in to the bot: set TELEGRAM_CHAT_ID, or run cm pair")
        }
        guard let owner = access.owner else { return }
        // Who is spoken to is never kept quiet.
        let predecessor = try await memory.predecessor(of: api.botID)
        let isDue = try await memory.claimWelcome(apart: predecessor == nil ? Self.apart : 0, of: api.botID)
        guard isDue || tellsOfAgent else { return }
        let session = SessionID(in: ChatAddress(chat: owner), of: owner)
        let greeting = try await core.greeting(of: session)
        let remark = tellsOfAgent ? greeting.remark : nil
        if let remark { logger.warning("the agent is not there", metadata: ["reason": "\(remark)"]) }
        guard isDue else { return }
        var text = "Ready: mode \(greeting.mode.rawValue), agent \(greeting.agent)"
        text += project.isEmpty ? "." : ", project \(redact(project))."
        if let predecessor {
            let other = predecessor == project ? "another project of that name" : "the project \(redact(predecessor))"
            text += " It answers here from now on, in place of \(other)."
        }
        text += " /help lists the commands."
        if let remark { text += "\n⚠ \(redact(remark))" }
        let slot = Slot(
            "welcome/\(now().millisecondsSince1970)", at: ChatAddress(chat: owner), SlotContent(text), delivery: .once)
        try await outbox.put([slot])
    }

    /// Telegram is told only what it does not know: it limits how often.
    private func tellCommands() async throws {
        let commands = Self.commands
        let told = commands.map { "\($0.command) \($0.description)" }.joined(separator: "\n")
        guard try await memory.commands(of: api.botID) != told else { return }
        _ = try await api.call(SetMyCommands(commands: commands))
        try await memory.noteCommands(told, of: api.botID)
    }

    private static var commands: [SetMyCommands.Command] {
        SlashCommand.completions.compactMap { name, summary in
            let name = String(name.dropFirst())
            // These belong to the terminal.
            guard !["quit", "exit"].contains(name) else { return nil }
            return SetMyCommands.Command(command: name, description: String(summary.prefix(256)))
        }
    }
}
