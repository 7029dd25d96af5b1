import ArgumentParser
import Control
import Foundation
import Logging
import ServiceLifecycle
import Store

/// `cm` and `cm run`: the monitor, which hosts the core for as long as it runs.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Host the core of the workspace as a service: conversations go on with nobody attached.",
        discussion: """
            SIGTERM lets running turns finish for shutdown.grace seconds; what is left then is taken up at the next start. \
            Under systemd it tells when it is ready, and that it is alive (Type=notify, WatchdogSec). A cm chat that \
            hosts the core at the start hands it over.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions
    @Flag(help: "Do not write the log to standard output; it stays in the state directory.")
    var noEchoLogs = false
    @Flag(help: "Leave the Telegram bot off, though a token is set.")
    var noTelegramBot = false

    func run() async throws {
        do {
            try Agents.refuse("cm run")
            try await Monitor(common, echoesLog: !noEchoLogs, hasTelegram: !noTelegramBot).run()
        } catch let failure as Failure {
            throw failure.report()
        }
    }
}
