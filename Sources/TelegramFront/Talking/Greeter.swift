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
        let last = try await memory.welcomed(of: api.botID), moment = now().millisecondsSince1970
        // A moment that is yet to come was noted by a clock that has been set back.
        let isDue = predecessor != nil || !(last.map { $0...($0 + Self.apart - 1) ~= moment } ?? false)
        guard isDue || tellsOfAgent else { return }
        let session = SessionID(in: ChatAddress(chat: owner), of: owner)
        let greeting = try await core.greeting(of: session)
        let remark = tellsOfAgent ? greeting.remark : nil
        if let remark { logger.warning("the agent is not there", metadata: ["reason": "\(remark)"]) }
        guard isDue else { return }
        var text = "Ready: mode \(greeting.mode.rawValue), agent \(greeting.agent)"
        text += project.isEmpty ? "." : ", project \(redact(project))."
        if let predecessor {
            let name = predecessor.name
            let other = name == project ? "another project of that name" : "the project \(redact(name))"
            text += " It answers here from now on, in place of \(other)."
        }
        text += " /help lists the commands."
        if let remark { text += "\n⚠ \(redact(remark))" }
        // Named by what is noted last of all: whatever happens before that, it is the same message once more.
        let key = "welcome/" + (predecessor.map { "after/\($0.welcome)" } ?? "\(last ?? 0)")
        if try await !outbox.keeps(key) {
            // A mere welcome may get lost, but not the word on who answers here.
            let delivery: Slot.Delivery = predecessor == nil ? .once : .filled
            try await outbox.put([Slot(key, at: ChatAddress(chat: owner), SlotContent(text), delivery: delivery)])
        }
        try await memory.noteWelcome(of: api.botID)
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
            guard !SlashCommand.isForTerminal(name) else { return nil }
            return SetMyCommands.Command(command: name, description: String(summary.prefix(256)))
        }
    }
}
