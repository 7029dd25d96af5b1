/// Looks at what waits for a bot at Telegram, and leaves it there.
///
/// For finding out numbers while nobody polls. Throws ``BotError``, and `CancellationError` when the task is cancelled.
public struct ChatFinder: Sendable {
    /// The longest that Telegram waits for something to tell, in seconds.
    public static let longestWait = 50

    private let api: BotAPI

    /// Looks as the bot of `api`.
    public init(_ api: BotAPI) { self.api = api }

    /// The bot's name, without `@`; also tells whether Telegram knows the token.
    public func username() async throws -> String { try await api.call(GetMe()).username ?? "" }

    /// What waits, the first hundred of it; with nothing there, what comes within so many whole seconds.
    ///
    /// Names no offset, which would confirm what is before it: whoever polls next is told all of it again.
    public func look(for seconds: Int) async throws -> [BotUpdate.Kind] {
        let timeout = min(max(seconds, 0), Self.longestWait)
        let updates = try await api.call(GetUpdates(offset: nil, timeout: timeout), patience: .seconds(timeout + 15))
        return updates.readable.map(\.kind)
    }
}
