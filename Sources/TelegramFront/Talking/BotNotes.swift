/// What parts of a bot write down for the next one to run, each under a name of its own.
///
/// A port: the database conforms. Each method is one transaction, on disk when it returns.
public protocol BotNotes: Sendable {
    /// What was noted under `name`; nil for nothing.
    func note(_ name: String, of bot: Int64) async throws -> String?

    /// Notes `text` under `name` in place of what was there; nil forgets that.
    func write(_ text: String?, as name: String, of bot: Int64) async throws
}
