import ArgumentParser
import Control
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
            try Agents.refuse("cm session import", because: "writes down what people said")
            let desk = try SessionDesk(common)
            // All are read first: nothing is locked, or created, for files that are none.
            let read = files.map { file in (file, Result { try Self.bytes(of: file) }) }
            var failed = 0
            for (file, bytes) in read { if await !take(file, bytes, at: desk) { failed += 1 } }
            if failed > 0 { throw Failure(code: 1, message: nil) }
        } catch let failure as Failure {
            throw failure.report()
        }
    }

    /// Whether the file could be imported; says why when not.
    private func take(_ file: String, _ read: Result<Data, any Error>, at desk: SessionDesk) async -> Bool {
        do {
            let bytes = try read.get()
            // Nothing is locked, or created, for a file that is none.
            let session = try EarlierSession(bytes)
            let report = try await desk.changing { core in
                try await core.take(bytes)
            } else: { database in
                try await Self.write(session, to: database)
            }
            for warning in report.warnings { SessionDesk.tell("\(file): \(warning)") }
            print("\(file): \(report.text)")
            return true
        } catch {
            Self.complain(file, error)
            return false
        }
    }

    private static func write(_ session: EarlierSession, to database: Database) async throws -> ImportedSession {
        let journal = SQLiteJournal(database)
        let now = Timestamp.now
        do {
            _ = try await session.write(to: journal, after: try await journal.unfinished().last, now: now)
        } catch let error as EarlierSessionError {
            throw Failure(code: 1, message: "\(error)")
        }
        return session.report
    }

    private static func bytes(of file: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(filePath: file))
        } catch {
            let cause = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
            let reason = cause.map { String(cString: strerror(Int32($0.code))) } ?? "\(error)"
            throw Failure(code: 1, message: "cannot be read: \(reason)")
        }
    }

    private static func complain(_ file: String, _ error: any Error) {
        let reason = (error as? Failure)?.message ?? "\(error)"
        SessionDesk.tell("\(file): \(reason)")
    }
}
