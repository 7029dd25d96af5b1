import ArgumentParser
import Conversation
import Foundation
import Settings
import Store
import TelegramFront

/// `cm pair`: makes a one-time code that lets a Telegram user in.
struct PairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pair",
        abstract: "Make a one-time code that lets a Telegram user in.",
        discussion: """
            The code is good for 10 minutes and for one person, who sends `/pair CODE` to the bot; said in a group, it lets \
            the group in as well. A newer code replaces it.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        do {
            try Agents.refuse("cm pair")
            let place = try Place(common)
            guard let token = place.settings.values[.telegramBotToken].flatMap({ BotToken($0.value) }) else {
                throw Failure(
                    code: Failure.badConfiguration,
                    message: "there is no bot: set TELEGRAM_BOT_TOKEN, in .env for example, to the token of BotFather")
            }
            let tables: TelegramTables
            do {
                try place.state.prepare()
                tables = TelegramTables(try Database(in: place.state)) { Timestamp.now.millisecondsSince1970 }
            } catch let error as StoreError {
                throw Failure(code: Failure.unavailable, message: error.description)
            }
            let code = try await StoredPairings(tables: tables, bot: token.botID).makeCode(by: NSUserName())
            print(
                """
                \(code.text)

                Within 10 minutes, send this to the bot: /pair \(code.text)
                """)
        } catch let failure as Failure {
            throw failure.report()
        }
    }
}
