import ArgumentParser
import Control
import Conversation
import Foundation
import Store

/// `cm session delete`.
struct SessionDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Forget a session and all that was said in it.",
        discussion: "The traces, which are files of days, keep their lines.", version: Program.version)

    @OptionGroup var common: CommonOptions

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Also when a turn was left open or messages wait.")
    var force = false

    @Argument(help: ArgumentHelp("The session.", valueName: "id"))
    var session: String

    func run() async throws {
        do {
            try Agents.refuse("cm session delete", because: "forgets what people said")
            let desk = try SessionDesk(common)
            // Nobody gets a database, and no lock is needed, for a name that is none.
            let known = try await desk.reading { try await desk.session(called: session, in: $0) }
            guard let known else { throw desk.absence(of: session) }
            try check(known)
            try confirm(known)
            try await desk.changing { [force] core in
                try await core.delete(known.id, force: force)
            } else: { database in
                // Somebody may have talked in it while it was asked.
                let now = try await desk.session(called: known.id.rawValue, in: database)
                try check(now)
                try await SessionCatalog(database).delete(now.id)
            }
            Snapshots(in: desk.place.state).remove(known.id)
            print("deleted \(known.id)")
        } catch let failure as Failure {
            throw failure.report()
        }
    }

    private func check(_ session: SessionListing) throws {
        guard !force, session.isRunning || session.waiting > 0 else { return }
        throw Failure(
            code: 1, message: "\(session.id) is not done (\(session.activity)); --force deletes it all the same")
    }

    private func confirm(_ session: SessionListing) throws {
        guard !yes else { return }
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw Failure(code: Failure.usage, message: "nobody can be asked here; --yes deletes \(session.id)")
        }
        print(
            "delete \(session.id) with \(session.turns) \(session.turns == 1 ? "turn" : "turns")? [y/N] ",
            terminator: "")
        fflush(nil)
        guard ["y", "yes"].contains(readLine()?.lowercased()) else {
            throw Failure(code: 1, message: "not deleted")
        }
    }
}
