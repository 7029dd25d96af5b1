import Conversation
import Logging

extension TelegramBot {
    /// Asks Telegram who the bot is, for as long as there is no way to it; nil when it does not know the token.
    func introduce() async throws -> BotName? {
        var pause = Duration.seconds(1)
        while true {
            do {
                let user = try await api.call(GetMe())
                return BotName(id: user.id, username: user.username ?? "")
            } catch let error as BotError {
                if error.code == .unauthorized {
                    await tellOfRefusal("Telegram does not know the bot's token", "\(error)")
                    return nil
                }
                logger.warning("Telegram cannot be reached yet", metadata: ["error": "\(error)"])
                if case .flood(let retryAfter) = error.code { pause = max(pause, retryAfter) }
            }
            try await clock.sleep(for: pause)
            pause = min(pause * 2, .seconds(60))
        }
    }

    /// Polls, and yields what is kept to `arrival`, until Telegram does not know the token any more, whose reason is
    /// returned.
    ///
    /// `found` hears that there is a way to Telegram, once.
    func receive(
        into arrival: AsyncStream<KeptUpdate>.Continuation, from found: AsyncStream<Void>.Continuation,
        remarking outbox: Outbox
    ) async throws -> String {
        let moment = now
        let poller = Poller(
            api: api, inbox: keeping.inbox, notes: keeping.memory,
            options: .init(
                timeout: polling.timeout, deletesWebhook: polling.deletesWebhook, dropsPending: polling.dropsPending,
                ignoresPending: polling.ignoresPending),
            clock: clock, now: { moment().millisecondsSince1970 }, logger: logger,
            remark: { await tell($0, by: outbox) },
            arrived: { updates in
                for update in updates { arrival.yield(update) }
                // Only the first time.
                found.yield()
                found.finish()
            })
        return try await poller.run()
    }
}
