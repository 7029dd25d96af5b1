import Conversation
import Foundation
import HTTP
import Settings
import Store
import TelegramFront

/// Finds out who has written to the bot of a workspace.
struct ChatSearch {
    private let place: Place
    private let patience: Int
    private let plan: BotPlan

    /// Prepares a search that waits so many seconds for a message when nothing is there.
    ///
    /// Throws ``Failure`` when the workspace has no bot.
    init(_ place: Place, patience: Int) throws {
        self.place = place
        self.patience = patience
        do {
            guard let plan = try BotPlan(place.settings.values) else {
                throw Failure(
                    code: Failure.badConfiguration,
                    message: "there is no bot: set TELEGRAM_BOT_TOKEN, in .env for example, to the token of BotFather")
            }
            self.plan = plan
        } catch let refusal as BotPlan.Refusal {
            throw Failure(code: Failure.badConfiguration, message: refusal.reason)
        }
    }

    /// Who was heard of; never nobody.
    ///
    /// Throws ``Failure``.
    func seen() async throws -> [SeenRow] {
        try prepare()
        let deadline = ContinuousClock.now + .seconds(patience)
        guard let lock = try BotLock(plan.token.botID, for: place.state) else {
            return try await remembered(until: deadline)
        }
        defer { withExtendedLifetime(lock) {} }
        return try await found(until: deadline)
    }

    private func prepare() throws {
        do {
            try place.state.prepare()
        } catch let error as StoreError {
            throw Failure(code: Failure.unavailable, message: error.description)
        }
    }

    // MARK: While another cm polls

    private func remembered(until deadline: ContinuousClock.Instant) async throws -> [SeenRow] {
        let holder = BotLock.holder(of: plan.token.botID, beside: place.state)
        guard holder == place.state.path else {
            let name = holder.map { ", that of \($0)," } ?? ""
            throw Failure(
                code: Failure.unavailable,
                message: "a cm of another workspace\(name) polls for this bot: run cm chat-id there, or end it first")
        }
        let tables: TelegramTables
        do {
            tables = TelegramTables(try Database(in: place.state)) { Timestamp.now.millisecondsSince1970 }
        } catch let error as StoreError {
            throw Failure(code: Failure.unavailable, message: error.description)
        }
        var hasAsked = false
        while true {
            let seen = try await tables.seen(of: plan.token.botID)
            if !seen.isEmpty { return seen }
            guard ContinuousClock.now < deadline else { throw Self.nobody(nil) }
            if !hasAsked { ask(nil) }
            hasAsked = true
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    // MARK: While nobody polls

    private func found(until deadline: ContinuousClock.Instant) async throws -> [SeenRow] {
        let client = try CurlClient()
        defer { client.close() }
        let finder = ChatFinder(BotAPI(plan.token, on: plan.server, through: client))
        do {
            let name = try await finder.username()
            var rows = SeenRow.rows(of: try await finder.look(for: 0))
            if rows.isEmpty, patience > 0 { ask(name) }
            while rows.isEmpty {
                let left = Int((ContinuousClock.now.duration(to: deadline) / .seconds(1)).rounded(.up))
                guard left > 0 else { throw Self.nobody(name) }
                rows = SeenRow.rows(of: try await finder.look(for: left))
                // What waits and tells of nobody is told again at once.
                if rows.isEmpty { try await Task.sleep(for: .seconds(1)) }
            }
            return rows
        } catch let error as BotError {
            throw failure(for: error)
        }
    }

    private func failure(for error: BotError) -> Failure {
        switch error.code {
        case .unauthorized:
            let origin = place.settings.values.origin(of: .telegramBotToken)
            return Failure(
                code: Failure.badConfiguration,
                message: "\(origin): Telegram does not know this token (\(error)); @BotFather shows the right one")
        case .conflict(isWebhook: true):
            return Failure(
                code: Failure.unavailable,
                message: """
                    a webhook is set for this bot, so that nobody can look at what waits; cm run takes it away at its \
                    start (telegram.polling.delete_webhook_on_start)
                    """)
        case .conflict(isWebhook: false):
            return Failure(
                code: Failure.unavailable,
                message: "another program polls for this bot (\(error)); end it, or ask it")
        case .flood, .refused, .migrated, .forbidden, .server, .network:
            return Failure(code: Failure.unavailable, message: "\(error)")
        }
    }

    // MARK: Words

    private func ask(_ name: String?) {
        let text = "nobody has written lately; \(Self.advice(name)). Waiting \(patience) s for that\n"
        FileHandle.standardError.write(Data("cm: \(text)".utf8))
    }

    private static func nobody(_ name: String?) -> Failure {
        Failure(code: 1, message: "nobody has written to the bot; \(advice(name)), and try again")
    }

    private static func advice(_ name: String?) -> String {
        let bot = name.map { "@\($0)" } ?? "the bot"
        return
            "write /start to \(bot), or in a group with it a message such as \(name.map { "/help@\($0)" } ?? "/help")"
    }
}
