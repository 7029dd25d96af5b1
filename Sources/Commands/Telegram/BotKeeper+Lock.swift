import Conversation
import Locking
import Logging
import Store
import TelegramFront

extension BotKeeper {
    /// How often it is looked whether another process has let go of the bot.
    private static let patience = Duration.seconds(5)
    /// How often it is looked whether the right to the bot is still there.
    private static let renewal = Duration.seconds(60)

    /// Waits until no other process of this user polls for the bot; nil when the bot is dismissed before.
    func takeLock(until dismissal: Signal) async throws -> BotLock? {
        let bot = plan.token.botID, directory = workspace.directory
        var hasTold = false
        while !dismissal.isGiven {
            if let lock = try BotLock(bot, for: directory) {
                if let remark = lock.remark {
                    workspace.logger.warning(
                        "only programs with the same CM_STATE_DIR find out that two poll for one bot",
                        metadata: ["reason": "\(remark)"])
                }
                if hasTold { workspace.logger.notice("the other cm polls no more; this one goes on") }
                return lock
            }
            if !hasTold {
                let name = BotLock.holder(of: bot, beside: directory).map(StateDirectory.workspaceName) ?? ""
                let whose = name.isEmpty ? "" : ", that of the project \(name)"
                let text = "another cm polls for this bot\(whose); this one waits for its end"
                await voice.announce(text, as: "\(bot)/waits", .warning)
            }
            hasTold = true
            await dismissal.wait(atMost: Self.patience, by: workspace.clock)
            try Task.checkCancellation()
        }
        return nil
    }

    /// Keeps `lock`, which may be removed as an old file is, until another process has taken it.
    func renew(_ lock: BotLock) async throws {
        while true {
            try await workspace.clock.sleep(for: Self.renewal)
            do {
                guard try lock.renew() else {
                    return workspace.logger.warning("another cm has taken the lock of the bot")
                }
            } catch let failure as Failure {
                // For others it is no better.
                workspace.logger.warning(
                    "the lock of the bot is gone", metadata: ["reason": "\(failure.message ?? "")"])
            }
        }
    }
}
