import HTTP
import Settings
import TelegramFront

extension BotPlan {
    /// Asks Telegram whether it knows the token, where that or the server is not that of `plan`.
    ///
    /// Throws ``Refusal`` when it does not, which says where `settings` have the token from, and other errors when Telegram
    /// cannot be asked: the bot before could not go on either.
    func check(after plan: BotPlan, in settings: Settings) async throws {
        guard token != plan.token || server != plan.server else { return }
        let client = try CurlClient()
        defer { client.close() }
        do {
            _ = try await ChatFinder(BotAPI(token, on: server, through: client)).username()
        } catch let error as BotError where error.code == .unauthorized {
            let origin = settings.origin(of: .telegramBotToken)
            throw Refusal(reason: "\(origin): Telegram does not know this token (\(error))")
        }
    }
}
