/// What a bot remembers of itself from one start to the next.
///
/// A port: the database conforms. Each method is one transaction, on disk when it returns.
public protocol BotMemory: BotNotes {
    /// Whether the owner is to be welcomed: not when that was less than `apart` milliseconds ago; true is noted.
    func claimWelcome(apart: Int64, of bot: Int64) async throws -> Bool

    /// What the workspace is called that welcomed the owner last on this machine, when that was another one; nil when it was
    /// not, or nobody knows.
    func predecessor(of bot: Int64) async throws -> String?

    /// The menu of commands that Telegram was told last; nil for none.
    func commands(of bot: Int64) async throws -> String?

    /// Notes the menu that Telegram was told.
    func noteCommands(_ commands: String, of bot: Int64) async throws

    /// A group goes on under another number: what is bound to the old one is bound to the new one.
    func rename(_ chat: Int64, to new: Int64, of bot: Int64) async throws
}

extension BotMemory {
    /// Nobody knows.
    public func predecessor(of bot: Int64) async throws -> String? { nil }
}
