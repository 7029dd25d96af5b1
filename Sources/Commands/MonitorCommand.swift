import ArgumentParser
import Conversation
import Settings

/// `cm` without a subcommand: the monitor, where there is something for it to do.
struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "What cm does without a command: run, in a configured workspace.",
        usage: "cm [<subcommand>] [<options>]",
        version: Program.version, shouldDisplay: false)

    @OptionGroup var run: RunCommand
    /// What was taken for a command and is none.
    @Argument(help: .hidden)
    var words: [String] = []

    func validate() throws {
        guard let word = words.first else { return }
        let names = Program.commands.map { $0.configuration.commandName ?? "" } + ["help"]
        if names.contains(word) { throw ValidationError("options stand behind the command: cm \(word) [<options>]") }
        throw ValidationError(HelpRequest.absence(of: word, among: names))
    }

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
