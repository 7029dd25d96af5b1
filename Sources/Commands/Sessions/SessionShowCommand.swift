import ArgumentParser
import Control
import Conversation
import Store

/// `cm session show`.
struct SessionShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Where a session stands, and all that was said in it.", version: Program.version)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The session.", valueName: "id"))
    var session: String

    func run() async throws {
        do {
            let desk = try SessionDesk(common)
            let standard = await SessionStandard(at: desk.place)
            let text = try await desk.reading { database in
                let session = try await desk.session(called: session, in: database)
                let (records, state) = try await desk.history(of: session.id, in: database)
                var lines = [
                    "session    \(session.id)", "state      \(session.activity)",
                    "mode       \(standard.mode(of: session).rawValue)", "profile    \(standard.profile(of: session))",
                    "agent      \(session.agent)",
                    "turns      \(session.turns) · begun \(desk.age(of: session.created)) ago · "
                        + "last activity \(desk.age(of: session.updated)) ago",
                ]
                lines += state.threads.map { "thread     \($0.agent), profile \($0.profile): \($1)" }.sorted()
                lines += state.waiting.map { "waiting    \($0.message.text.headline(100))" }
                lines += state.approvals.map { "asked      \($0.id): \($0.request.title.headline(100))" }
                let said = desk.lines(of: records)
                return (lines + [""] + (said.isEmpty ? ["nothing was said yet"] : said)).joined(separator: "\n")
            }
            guard let text else { throw desk.absence(of: session) }
            SessionDesk.show(text)
        } catch let failure as Failure {
            throw failure.report()
        }
    }
}
