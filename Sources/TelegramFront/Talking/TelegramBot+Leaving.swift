import Locking
import Logging

extension TelegramBot {
    /// How long it may take at the end to deal with what has arrived; what is left then is for the next one to run.
    private static let dealing = Duration.seconds(4)
    /// How long what is on its way may take after that.
    static let farewell = Duration.seconds(6)

    /// Has dealt with what arrives by `receive`, until that ends or the bot is to leave; returns whether Telegram still
    /// knows the bot.
    ///
    /// When it is to leave, nothing more is taken in, so that there is an end of it; then what has arrived is dealt with, as
    /// far as there is time. All of it is on disk: what is cut off is begun by the next one to run.
    func listen(
        _ reception: Reception, to arrivals: AsyncStream<KeptUpdate>,
        by receive: @escaping @Sendable () async throws -> Void, ending end: @escaping @Sendable () -> Void
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                try await reception.deal(with: arrivals)
                return .dealt
            }
            group.addTask {
                guard try await leaving.unlessGiven(receive) == nil else { return .refused }
                end()
                return .left
            }
            defer { group.cancelAll() }
            while let ending = try await group.next() {
                switch ending {
                case .refused: return false
                case .dealt: return true
                case .left:
                    group.addTask {
                        try await clock.sleep(for: Self.dealing)
                        logger.notice("not all that was said is dealt with: the next bot goes on with it")
                        return .dealt
                    }
                }
            }
            return true
        }
    }

    /// Waits until no turn is shown as running, for a second: what the core has finished is told to the chats a moment later.
    func rest(_ watches: Watches) async throws {
        for _ in 0..<20 where watches.showRunning { try await clock.sleep(for: .milliseconds(50)) }
    }

    /// What has ended of taking in and dealing with what people say.
    private enum Ending {
        /// Nothing is taken in any more, because the bot is to leave.
        case left
        /// Telegram does not know the bot.
        case refused
        /// All is dealt with, or there is no time for more.
        case dealt
    }
}
