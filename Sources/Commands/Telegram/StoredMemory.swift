import Store
import TelegramFront

/// What a bot remembers of itself, kept in the database.
struct StoredMemory: BotMemory {
    let tables: TelegramTables
    /// The right to speak as the bot, where it is known who had it before.
    var lock: BotLock?

    func predecessor(of bot: Int64) -> String? {
        guard let lock, let last = lock.lastGreeter, last != lock.state else { return nil }
        return StateDirectory.workspaceName(ofStateAt: last)
    }

    func claimWelcome(apart: Int64, of bot: Int64) async throws -> Bool {
        guard try await tables.claimWelcome(apart: apart, of: bot) else { return false }
        lock?.noteWelcome()
        return true
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
