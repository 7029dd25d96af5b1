import ArgumentParser
import Conversation
import Foundation
import REPL

/// `cm chat`: talk at the terminal, or run a script from standard input.
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk to an agent at the terminal; with piped input, run it as a script.",
        discussion: """
            What is typed goes to the agent, except commands: /help lists them. In a script each line is a message or a \
            command; a line ending in \\ goes on in the next, and ``` fences join lines.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions
    @OptionGroup var conversation: ConversationOptions

    @Flag(help: "Stop a script at the first turn or command that fails.")
    var failFast = false

    func run() async throws {
        let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        let isScript = !isTerminal || conversation.json
        let session = SessionID(terminal: conversation.session ?? "default") ?? SessionID(rawValue: "tty:default")
        do {
            let host = try Host(common, conversation, session: session, holder: "cm chat")
            if isScript {
                var script = host.scriptOptions
                script.stopsAtFailure = failFast
                try await host.run(ScriptFront(.standardInput, options: script), leavesOnInterrupt: true)
            } else {
                try await host.run(TerminalFront(options: host.terminalOptions), leavesOnInterrupt: false)
            }
        } catch let failure as Failure {
            throw failure.report()
        }
    }
}
