import ArgumentParser
import Control
import Conversation
import Store

/// `cm session`: the sessions of the workspace.
struct SessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session",
        abstract: "The sessions of the workspace: list, show, export, delete, import.",
        discussion: """
            list, show and export read the database; delete and import are done by the cm that runs, if one does.
            A session is named as /status shows it; tty:NAME may be written NAME.
            """,
        version: Program.version,
        subcommands: [
            SessionListCommand.self, SessionShowCommand.self, SessionExportCommand.self, SessionDeleteCommand.self,
            SessionImportCommand.self,
        ])
}

/// `cm session list`.
struct SessionListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The sessions, the one with the latest activity first.", version: Program.version
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        do {
            let desk = try SessionDesk(common)
            let sessions = try await desk.reading { database in try await desk.sessions(in: database) } ?? []
            let standard = await SessionStandard(at: desk.place)
            guard !sessions.isEmpty else { return print("there are no sessions yet") }
            let rows = sessions.map { session in
                [
                    "\(session.id)", standard.mode(of: session).rawValue, standard.profile(of: session),
                    "\(session.agent)",
                    "\(session.turns)", "\(desk.age(of: session.updated)) ago", session.activity,
                ]
            }
            let heading = ["session", "mode", "profile", "agent", "turns", "last activity", "state"]
            print(Table(heading, rows).lines.joined(separator: "\n"))
        } catch let failure as Failure {
            throw failure.report()
        }
    }
}
