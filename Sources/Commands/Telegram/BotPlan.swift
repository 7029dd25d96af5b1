import Settings
import TelegramFront

/// What a bot runs with: when that changes, it is begun anew.
struct BotPlan: Hashable, Sendable {
    let token: BotToken
    let server: BotServer
    let pollTimeout: Int
    let deletesWebhook: Bool

    /// Why settings make no bot, for people.
    struct Refusal: Error, Hashable {
        var reason: String
    }

    /// Reads `settings`; nil where they want no bot.
    ///
    /// Throws ``Refusal``.
    init?(_ settings: Settings) throws(Refusal) {
        guard let written = settings[.telegramBotToken] else { return nil }
        guard let token = BotToken(written.value) else {
            let origin = settings.origin(of: .telegramBotToken)
            throw Refusal(reason: "\(origin): this is no token of a bot, such as BotFather makes")
        }
        guard let server = BotServer(settings[.telegramAPIBase]) else {
            let origin = settings.origin(of: .telegramAPIBase)
            throw Refusal(reason: "\(origin): telegram.api_base is no address of a server")
        }
        self.token = token
        self.server = server
        pollTimeout = settings[.telegramPollTimeout]
        deletesWebhook = settings[.telegramDeletesWebhook]
    }
}
