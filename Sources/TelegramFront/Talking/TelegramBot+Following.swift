import Conversation
import Locking
import Logging

extension TelegramBot {
    /// Follows what is wished for, each session in a task of its own.
    func follow(_ parts: Parts) async throws {
        let watches = parts.watches, attachments = parts.attachments
        try await FirstFailure.ends { first in
            await withDiscardingTaskGroup { group in
                for await wish in watches.wishes {
                    let watch = SessionWatch(
                        wish: wish, core: parts.core, outbox: parts.outbox, ledger: keeping.ledger, api: api,
                        context: parts.context(wish.cursor.address, wish.cursor.session), clock: clock, now: now,
                        logger: logger,
                        mayShow: { try await attachments.mayShow(wish.cursor.session, at: wish.cursor.address) },
                        isLeft: { !attachments.isCurrent(wish.cursor.session, at: wish.cursor.address) },
                        end: { try await attachments.end($0) })
                    group.addTask {
                        await first.attempt {
                            do {
                                defer { watches.forget(wish) }
                                // Ended by the core.
                                try await watch.run()
                            } catch is SessionWatch.RightLost {
                                try await attachments.revoke(wish.placed)
                            } catch let error
                                where !(error is CancellationError || (error as? HubError)?.code == .closed)
                            {
                                try await follow(wish.placed, again: watches, after: error)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Follows a session anew from where its messages are kept: what is wrong with one must not end the others.
    private func follow(_ cursor: ChatCursor, again watches: Watches, after error: any Error) async throws {
        logger.error(
            "a session cannot be shown", metadata: ["session": "\(cursor.session)", "error": "\(error)"])
        try await clock.sleep(for: .seconds(5))
        let kept = try await keeping.ledger.cursors(of: api.botID)
            .first { $0.session == cursor.session && $0.address == cursor.address }
        if let kept { _ = try await watches.follow(kept) }
    }
}
