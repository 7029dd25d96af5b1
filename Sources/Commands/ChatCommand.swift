import ArgumentParser
import Control
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
            Where a cm runs in the workspace already, this one is attached to it: all see the same sessions.
            """,
        version: Program.version)

    @OptionGroup var common: CommonOptions
    @OptionGroup var conversation: ConversationOptions
    @Flag(help: "Stop a script at the first turn or command that fails.")
    var failFast = false
    @Flag(help: "Be the monitor of the workspace as well, which has its core and all that works behind it.")
    var monitor = false

    func run() async throws {
        let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        let isScript = !isTerminal || conversation.json
        let session = SessionID(named: conversation.session ?? "default") ?? .terminal
        do {
            let talk = try await Conversing(
                common, conversation, session: session, kind: monitor ? .monitor : .chat,
                called: monitor ? "cm chat --monitor" : "cm chat")
            if isScript {
                var script = talk.scriptOptions
                script.stopsAtFailure = failFast
                let front = ScriptFront(.standardInput, options: script)
                try await talk.run(front, stop: front.stop)
            } else {
                try await talk.run(TerminalFront(options: talk.terminalOptions))
            }
        } catch let failure as Failure {
            throw failure.report()
        }
    }
}
