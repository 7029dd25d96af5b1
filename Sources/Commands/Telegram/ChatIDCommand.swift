import ArgumentParser
import REPL
import Store

/// `cm chat-id`: finds the numbers of Telegram's chats and people.
struct ChatIDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat-id",
        abstract: "Find the numbers of Telegram chats and people, for TELEGRAM_CHAT_ID and TELEGRAM_ALLOWED_USERS.",
        discussion: """
            While a cm of the workspace polls for the bot, it tells whom that has heard lately, let in or not. Else it \
            looks at Telegram itself and leaves there what waits: nothing is lost for the next cm run. With nothing \
            there it waits for a message.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions
    @Option(help: ArgumentHelp("How long to wait for a message when nothing is there.", valueName: "seconds"))
    var wait = 60

    func validate() throws {
        guard (0...3600).contains(wait) else { throw ValidationError("--wait takes 0 to 3600 seconds, not \(wait)") }
    }

    func run() async throws {
        do {
            try Agents.refuse("cm chat-id")
            let place = try Place(common)
            let seen = try await ChatSearch(place, patience: wait).seen()
            print(Self.lines(of: seen).joined(separator: "\n"))
        } catch let failure as Failure {
            throw failure.report()
        }
    }

    private static func lines(of seen: [SeenRow]) -> [String] {
        func rows(_ kind: SeenRow.Kind) -> [SeenRow] { seen.filter { $0.kind == kind } }
        let chats = Table(
            ["chat", "type", "name"], rows(.chat).map { ["\($0.id)", $0.type, Printable($0.name).line] })
        let users = Table(["user", "name"], rows(.user).map { ["\($0.id)", Printable($0.name).line] })
        return chats.lines + [""] + users.lines + [
            "", "TELEGRAM_CHAT_ID takes a chat, TELEGRAM_ALLOWED_USERS users; cm pair lets somebody in by a code.",
        ]
    }
}
