import ArgumentParser
import Conversation
import Settings

/// `cm` without a subcommand: the monitor, where there is something for it to do.
struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "What cm does without a command: run, in a configured workspace.",
        version: Program.version, shouldDisplay: false)

    @OptionGroup var run: RunCommand
    /// What was taken for a command and is none.
    @Argument(help: .hidden)
    var words: [String] = []

    func validate() throws {
        guard let word = words.first else { return }
        let names = Program.commands.map { $0.configuration.commandName ?? "" }
        let meant = EditDistance.nearest(to: word, among: names, name: { $0 })
        let hint = meant.map { "did you mean cm \($0)?" } ?? "there are \(names.joined(separator: ", "))"
        throw ValidationError("there is no command '\(word)'; \(hint)")
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
