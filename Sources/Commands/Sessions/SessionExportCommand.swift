import Control
import Conversation
import ArgumentParser
import Foundation
import Store

/// `cm session export`.
struct SessionExportCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case markdown, json
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "A session as a document to give away, without the secrets in it.",
        version: Program.version)

    @OptionGroup var common: CommonOptions

    @Option(help: "The form of the document.")
    var format: Format = .markdown

    @Option(help: ArgumentHelp("Write to this file, which only you can read, instead of standard output."))
    var output: String?

    @Flag(help: "Replace the file when it is there.")
    var force = false

    @Argument(help: ArgumentHelp("The session.", valueName: "id"))
    var session: String

    func run() async throws {
        do {
            let desk = try SessionDesk(common)
            let standard = await SessionStandard(at: desk.place)
            let secrets = Secrets(desk.place.settings, environment: desk.place.environment)
            let export = try await desk.reading { database in
                let session = try await desk.session(called: session, in: database)
                let (records, state) = try await desk.history(of: session.id, in: database)
                return SessionExport(
                    session, mode: standard.mode(of: session), profile: standard.profile(of: session), records, state,
                    secrets.redactor)
            }
            guard let export else { throw desk.absence(of: session) }
            try write(format == .json ? try export.json() : export.markdown)
            if export.removed > 0 {
                SessionDesk.tell("\(export.removed) \(export.removed == 1 ? "secret" : "secrets") removed")
            }
        } catch let failure as Failure {
            throw failure.report()
        }
    }

    private func write(_ text: String) throws {
        guard let output else { return SessionDesk.show(String(text.dropLast())) }
        let file = PrivateFile(output)
        do {
            let bytes = Array(text.utf8)
            if force {
                try file.replace(with: bytes, temporary: ".cm-export-\(ProcessInfo.processInfo.processIdentifier)")
            } else {
                try file.create(with: bytes)
            }
        } catch let error as StoreError {
            let hint = error.code == .held ? "; --force replaces it" : ""
            throw Failure(code: 1, message: "--output: \(error.description)\(hint)")
        }
    }
}
