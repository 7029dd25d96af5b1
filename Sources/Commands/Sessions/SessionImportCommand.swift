import ArgumentParser
import Conversation
import Foundation
import Store

/// `cm session import`.
struct SessionImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take over sessions of codex-orchestrator: its files sessions/*.json.",
        discussion: """
            Each file becomes the session tg:<chat>:<user>, with its mode, its profile and what was said. A session that \
            is there already is left alone.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The files.", valueName: "file"))
    var files: [String]

    func run() async throws {
        do {
            let desk = try SessionDesk(common)
            // All are read first: nothing is locked, or created, for files that are none.
            let read = files.map { file in (file, Result { try Self.session(in: file) }) }
            var failed = 0
            if read.contains(where: { (try? $0.1.get()) != nil }) {  // the others tell why below
                try await desk.writing { database in
                    for (file, session) in read { if await !take(file, session, into: database) { failed += 1 } }
                }
            } else {
                for (file, session) in read { if case .failure(let error) = session { Self.complain(file, error) } }
                failed = read.count
            }
            if failed > 0 { throw Failure(code: 1, message: nil) }
        } catch let failure as Failure {
            throw failure.report()
        }
    }

    /// Whether the file could be imported; says why when not.
    private func take(_ file: String, _ read: Result<EarlierSession, any Error>, into database: Database) async -> Bool
    {
        do {
            let session = try read.get()
            let now = Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
            try await session.write(to: SQLiteJournal(database), now: now)
            for warning in session.warnings { SessionDesk.tell("\(file): \(warning)") }
            print("\(file): imported as \(session.session), \(session.count) messages and answers")
            return true
        } catch {
            Self.complain(file, error)
            return false
        }
    }

    private static func session(in file: String) throws -> EarlierSession {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: file))
        } catch {
            let cause = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
            let reason = cause.map { String(cString: strerror(Int32($0.code))) } ?? "\(error)"
            throw Failure(code: 1, message: "cannot be read: \(reason)")
        }
        return try EarlierSession(bytes)
    }

    private static func complain(_ file: String, _ error: any Error) {
        let reason = (error as? Failure)?.message ?? "\(error)"
        SessionDesk.tell("\(file): \(reason)")
    }
}
