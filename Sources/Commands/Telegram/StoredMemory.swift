import Store
import TelegramFront

/// What a bot remembers of itself, kept in the database.
struct StoredMemory: BotMemory {
    let tables: TelegramTables
    /// The right to speak as the bot, where it is known who had it before.
    var lock: BotLock?

    func predecessor(of bot: Int64) -> Predecessor? {
        guard let lock, let last = lock.lastGreeter, last.state != lock.state else { return nil }
        return Predecessor(StateDirectory.workspaceName(ofStateAt: last.state), welcome: last.welcome)
    }

    func welcomed(of bot: Int64) async throws -> Int64? { try await tables.welcomed(of: bot) }

    func noteWelcome(of bot: Int64) async throws {
        try await tables.noteWelcome(of: bot)
        lock?.noteWelcome()
    }

    func commands(of bot: Int64) async throws -> String? { try await tables.commands(of: bot) }

    func noteCommands(_ commands: String, of bot: Int64) async throws {
        try await tables.noteCommands(commands, of: bot)
    }

    func note(_ name: String, of bot: Int64) async throws -> String? { try await tables.value(name, of: bot) }

    func write(_ text: String?, as name: String, of bot: Int64) async throws {
        try await tables.keep(text, as: name, of: bot)
    }

    func rename(_ chat: Int64, to new: Int64, of bot: Int64) async throws {
        try await tables.rename(chat, to: new, of: bot)
    }
}
