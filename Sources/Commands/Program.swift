import ArgumentParser
import Foundation
import Processes

/// The program as a whole.
public enum Program {
    /// The version people see.
    static let version = "0.1.0"

    /// What people can ask for.
    static let commands: [any ParsableCommand.Type] = [
        ChatCommand.self, RunCommand.self, AskCommand.self, AgentsCommand.self, SessionCommand.self, PairCommand.self,
        ChatIDCommand.self, MCPCommand.self,
    ]

    /// Reads the command line, runs what it says, and ends the process.
    public static func main() async {
        // First of all: a guard wants a process of one thread, and signals as they were.
        let words = CommandLine.arguments.dropFirst()
        if words.first == Guard.word { Guard.main(Array(words.dropFirst())) }
        signal(SIGPIPE, SIG_IGN)
        // A standard stream that the caller closed: else the next file opened would take its place.
        // Read-only, so that what is written to it fails like on a closed one.
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 { _ = open("/dev/null", O_RDONLY) }
        if let problem = HelpRequest(Array(words)).problem { RootCommand.exit(withError: ValidationError(problem)) }
        do {
            var command = try await RootCommand.asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Ends the process as the parser does, and says where the help is.
    private static func end(with error: any Error) -> Never {
        let message = RootCommand.fullMessage(for: error), told = HelpRequest.hint(in: message)
        if told == message { RootCommand.exit(withError: error) }
        FileHandle.standardError.write(Data("\(told)\n".utf8))
        exit(RootCommand.exitCode(for: error).rawValue)
    }
}

/// `cm`, which only leads to its subcommands.
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cm",
        abstract: "Talk to coding agents, and keep them working.",
        discussion: """
            Without a command it is the monitor, as with run, in a workspace that is configured.
            Exit codes: 0 good; 1 a turn, a command or the run failed; 2 bad configuration; 64 usage; \
            69 something needed is unavailable; 75 the workspace has another monitor; 130 interrupted.
            """,
        version: Program.version,
        subcommands: Program.commands + [MonitorCommand.self],
        defaultSubcommand: MonitorCommand.self)
}
