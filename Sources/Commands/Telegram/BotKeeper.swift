import Conversation
import HTTP
import Locking
import Logging
import TelegramFront

/// Runs the bot of a plan whenever this process has the right to it.
struct BotKeeper: Sendable {
    /// How a bot has ended.
    enum End: Hashable {
        /// There is no core any more, or it takes its leave.
        case over
        /// Something else is wanted.
        case dismissed
        /// It cannot go on as it is, which was logged.
        case off
    }

    let plan: BotPlan
    let core: any Core
    let rest: TelegramService.Rest
    let workspace: BotWorkspace
    let voice: BotVoice

    /// Runs the bot until it has ended, or `dismissal` is given, and then it takes its leave.
    func run(until dismissal: Signal) async -> End {
        do {
            while let lock = try await takeLock(until: dismissal) {
                let end = try await hold(lock, until: dismissal)
                if end != .dismissed || dismissal.isGiven { return end }
            }
            return .dismissed
        } catch is CancellationError {
            return .over
        } catch {
            let reason = (error as? Failure)?.message ?? "\(error)"
            await voice.announce("\(reason); the bot is off", as: "off", .important)
            return .off
        }
    }

    /// Runs the bot until it has ended; dismisses it as well when another process has taken its lock.
    private func hold(_ lock: BotLock, until dismissal: Signal) async throws -> End {
        let end = Signal()
        return try await withThrowingTaskGroup(of: End?.self) { group in
            group.addTask { try await work(with: lock, until: end) }
            group.addTask {
                try await dismissal.given()
                end.give()
                return nil
            }
            group.addTask {
                try await renew(lock)
                end.give()
                return nil
            }
            defer { group.cancelAll() }
            while let done = try await group.next() {
                if let done { return done }
            }
            return .dismissed
        }
    }

    /// Runs the bot, anew when it fails: all that counts is on disk.
    private func work(with lock: BotLock, until dismissal: Signal) async throws -> End {
        let client = try CurlClient()
        defer { client.close() }
        var backOff = BotBackOff()
        while !dismissal.isGiven {
            let start = workspace.now()
            do {
                try await run(workspace.bot(plan, rest, lock, through: client), until: dismissal)
                return dismissal.isGiven ? .dismissed : .off
            } catch let error as HubError where error.code == .closed {
                return .over
            } catch let error where !(error is CancellationError) {
                let rest = backOff.rest(after: .milliseconds(workspace.now().milliseconds(since: start)))
                workspace.logger.error(
                    "the bot has failed and begins anew", metadata: ["error": "\(error)", "after": "\(rest)"])
                await dismissal.wait(atMost: rest, by: workspace.clock)
                try Task.checkCancellation()
            }
        }
        return .dismissed
    }

    private func run(_ bot: TelegramBot, until dismissal: Signal) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await bot.run(core)
                return true
            }
            group.addTask {
                try await dismissal.given()
                bot.leave()
                return false
            }
            defer { group.cancelAll() }
            while let isOver = try await group.next(), !isOver {}
        }
    }
}
