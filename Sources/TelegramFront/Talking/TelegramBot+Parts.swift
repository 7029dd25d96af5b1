import Conversation
import Locking

extension TelegramBot {
    /// What works together in one run, made once Telegram has told who the bot is.
    struct Parts: Sendable {
        let core: any Core
        let bot: Int64
        let watches: Watches
        let outbox: Outbox
        let context: @Sendable (ChatAddress, SessionID) -> ViewContext
        let presses: PressAnswers
        let attachments: Attachments
        let greeter: Greeter
        let reception: Reception
    }

    /// Lets `parts` work, until the first that cannot go on, whose error is thrown, or until the bot is over.
    func run(_ parts: Parts) async throws {
        let refusal = Locked<String?>(nil)
        let (ways, found) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrival) = AsyncStream.makeStream(of: KeptUpdate.self)
        // Each tells whether the bot is over with it.
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                let end = try await parts.outbox.run()
                if case .unauthorized(let reason) = end { refusal.withLock { $0 = $0 ?? reason } }
                return true
            }
            group.addTask {
                try await follow(parts)
                return true
            }
            group.addTask {
                await parts.presses.run()
                return false
            }
            group.addTask {
                try await parts.attachments.keepRights(by: clock)
                return true
            }
            if let notifying {
                let notifier = Notifier(
                    notifying: notifying, core: parts.core, outbox: parts.outbox, guests: keeping.guests,
                    bot: parts.bot, clock: clock, now: now, redact: redact, logger: logger)
                group.addTask {
                    try await notifier.run()
                    return true
                }
            }
            // First what was left: what is new is dealt with behind it.
            try await parts.attachments.takeUp()
            for update in try await keeping.inbox.open(of: parts.bot) { arrival.yield(update) }
            group.addTask {
                for await _ in ways { try await parts.greeter.greet(parts.core) }
                return false
            }
            group.addTask {
                let isKnown = try await listen(parts.reception, to: arrivals) {
                    let reason = try await receive(into: arrival, from: found, remarking: parts.outbox)
                    refusal.withLock { $0 = $0 ?? reason }
                } ending: {
                    arrival.finish()
                }
                guard isKnown else { return true }
                // What is on its way arrives, and what has just been said goes out.
                try await rest(parts.watches)
                parts.outbox.finish()
                try await clock.sleep(for: Self.farewell)
                return true
            }
            defer { group.cancelAll() }
            // The first that cannot go on tells why.
            while let isOver = try await group.next(), !isOver {}
        }
        // Only now: what is told while this bot still brings notifications to its owner, it would take with it.
        if let reason = refusal.withLock(\.self) {
            await tellOfRefusal("Telegram does not know the bot's token any more", reason)
        }
    }
}
