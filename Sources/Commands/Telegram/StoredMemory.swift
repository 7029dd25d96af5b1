import Store
import TelegramFront

/// What a bot remembers of itself, kept in the database.
struct StoredMemory: BotMemory {
    let tables: TelegramTables

    func claimWelcome(apart: Int64, of bot: Int64) async throws -> Bool {
        try await tables.claimWelcome(apart: apart, of: bot)
    }

    func commands(of bot: Int64) async throws -> String? { try await tables.commands(of: bot) }

    func noteCommands(_ commands: String, of bot: Int64) async throws {
        try await tables.noteCommands(commands, of: bot)
    }

    func rename(_ chat: Int64, to new: Int64, of bot: Int64) async throws {
        try await tables.rename(chat, to: new, of: bot)
    }
}
