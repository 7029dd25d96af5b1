import ArgumentParser
import Conversation
import Foundation
import REPL
import Settings
import Store
import TelegramFront

/// `cm pair`: makes a one-time code that lets a Telegram user in, lists who came in by one, and puts them out again.
struct PairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pair",
        abstract: "Make a one-time code that lets a Telegram user in.",
        discussion: """
            The code is good for 10 minutes and for one person, who sends `/pair CODE` to the bot; said in a group, it lets \
            the group in as well. A newer code replaces it. What is listed and removed are people and groups that came in \
            by a code; those of TELEGRAM_ALLOWED_USERS and TELEGRAM_CHAT_ID stand in the configuration.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions
    @Flag(help: "List the people and groups that came in by a code.")
    var list = false
    // The numbers of groups are below zero.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Let the person or group with this number in no more, and show it nothing more.", valueName: "number"))
    var remove: Int64?

    func validate() throws {
        guard !list || remove == nil else { throw ValidationError("--list and --remove do not go together") }
    }

    func run() async throws {
        do {
            try Agents.refuse("cm pair")
            let (tables, bot) = try tablesOfBot()
            if list {
                print(Self.lines(of: try await tables.pairings(of: bot)).joined(separator: "\n"))
            } else if let remove {
                print(try await Self.remove(remove, of: bot, from: tables))
            } else {
                let code = try await StoredPairings(tables: tables, bot: bot).makeCode(by: NSUserName())
                print("\(code.text)\n\nWithin 10 minutes, send this to the bot: /pair \(code.text)")
            }
        } catch let failure as Failure {
            throw failure.report()
        }
    }

    private func tablesOfBot() throws -> (TelegramTables, bot: Int64) {
        let place = try Place(common)
        guard let token = place.settings.values[.telegramBotToken].flatMap({ BotToken($0.value) }) else {
            throw Failure(
                code: Failure.badConfiguration,
                message: "there is no bot: set TELEGRAM_BOT_TOKEN, in .env for example, to the token of BotFather")
        }
        do {
            try place.state.prepare()
            let tables = TelegramTables(try Database(in: place.state)) { Timestamp.now.millisecondsSince1970 }
            return (tables, token.botID)
        } catch let error as StoreError {
            throw Failure(code: Failure.unavailable, message: error.description)
        }
    }

    private static func lines(of pairings: [PairingRow]) -> [String] {
        guard !pairings.isEmpty else { return ["nobody came in by a code"] }
        let rows = pairings.map { pairing in
            [pairing.kind == .chat ? "group" : "person", "\(pairing.id)", Printable(pairing.name).line, pairing.by]
        }
        return Table(["", "number", "name", "by a code of"], rows).lines
    }

    /// Lets whoever has this number in no more; returns what is told of it.
    private static func remove(_ number: Int64, of bot: Int64, from tables: TelegramTables) async throws -> String {
        guard let pairing = try await tables.pairings(of: bot).first(where: { $0.id == number }),
            try await tables.remove(pairing.kind, id: number, of: bot)
        else {
            throw Failure(
                code: 1, message: "nobody with the number \(number) came in by a code; cm pair --list tells who did")
        }
        try await tables.sync()
        let name = Printable(pairing.name).line
        return "\(number)\(name.isEmpty ? "" : " (\(name))") is let in by a code no more"
    }
}
