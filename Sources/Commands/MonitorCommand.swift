import ArgumentParser
import Settings

/// `cm` without a subcommand: the monitor, where there is something for it to do.
struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "What cm does without a command: run, in a configured workspace.",
        version: Program.version, shouldDisplay: false)

    @OptionGroup var run: RunCommand

    func run() async throws {
        do {
            let place = try Place(run.common)
            guard place.sources.isConfigured else {
                throw Failure(
                    code: Failure.badConfiguration,
                    message: """
                        the workspace \(place.workspace.path) has no configuration yet: write \
                        codex-monitor.config.json or .env there. `cm chat` talks without one, and `cm run` runs the \
                        monitor without one
                        """)
            }
        } catch let failure as Failure {
            throw failure.report()
        }
        try await run.run()
    }
}
