/// What a bot remembers of itself from one start to the next.
///
/// A port: the database conforms. Each method is one transaction, on disk when it returns.
public protocol BotMemory: BotNotes {
    /// When the owner was welcomed last, in milliseconds since 1970; nil for never.
    func welcomed(of bot: Int64) async throws -> Int64?

    /// Notes that the owner is welcomed now, by this workspace.
    func noteWelcome(of bot: Int64) async throws

    /// The workspace that welcomed the owner last on this machine, when that was another one; nil when it was not, or nobody
    /// knows.
    func predecessor(of bot: Int64) async throws -> Predecessor?

    /// The menu of commands that Telegram was told last; nil for none.
    func commands(of bot: Int64) async throws -> String?

    /// Notes the menu that Telegram was told.
    func noteCommands(_ commands: String, of bot: Int64) async throws

    /// A group goes on under another number: what is bound to the old one is bound to the new one.
    func rename(_ chat: Int64, to new: Int64, of bot: Int64) async throws
}

extension BotMemory {
    /// Nobody knows.
    public func predecessor(of bot: Int64) async throws -> Predecessor? { nil }
}

/// The workspace that had a bot before.
public struct Predecessor: Hashable, Sendable {
    /// What people call it.
    public var name: String
    /// Tells its last welcome from all others.
    public var welcome: String

    /// Creates it from its parts.
    public init(_ name: String, welcome: String) { (self.name, self.welcome) = (name, welcome) }
}
