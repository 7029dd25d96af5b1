import ArgumentParser
import Control
import Conversation
import Foundation
import REPL

/// `cm ask`: one turn, its answer on standard output.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask an agent one thing; the answer alone goes to standard output.",
        discussion: "Standard input, when piped, is appended to the question. Each question is a session of its own.",
        version: Program.version)

    @OptionGroup var common: CommonOptions
    @OptionGroup var conversation: ConversationOptions

    @Option(help: ArgumentHelp("Write the answer to this file as well.", valueName: "file"))
    var outputLast: String?

    @Argument(help: "The question.")
    var words: [String] = []

    func run() async throws {
        do {
            // Before the input is read, which may have no end.
            try Agents.refuse("cm ask")
            // Looked at before the turn, which must not be worked on in vain.
            let file = try outputLast.map(OutputFile.init)
            let question = try await question()
            let id = String(UInt32.random(in: .min ... .max), radix: 16)
            let named = conversation.session.flatMap(SessionID.init(named:))
            var conversation = conversation
            // A session with a name keeps its mode.
            if named == nil { conversation.mode = conversation.mode ?? .single }
            let talk = try await Conversing(
                common, conversation, session: named ?? SessionID(question: id), kind: .ask, called: "cm ask",
                settlesOnlyOwn: true)
            let front = ScriptFront(.message(question), options: talk.scriptOptions) { try file?.write($0 + "\n") }
            try await talk.run(front, stop: front.stop)
        } catch let failure as Failure {
            throw failure.report()
        }
    }

    /// The text given, and after it what was piped in.
    private func question() async throws -> String {
        let text = words.joined(separator: " ")
        var parts = text.isEmpty ? [] : [text]
        if isatty(STDIN_FILENO) == 0 {
            let piped = try await ScriptFront.restOfStandardInput()
            if !piped.isEmpty { parts.append(text.isEmpty ? piped : "<stdin>\n\(piped)\n</stdin>") }
        }
        let question = parts.joined(separator: "\n\n")
        guard !question.allSatisfy(\.isWhitespace) else {
            throw Failure(code: Failure.usage, message: "there is no question; usage: cm ask \"text\"")
        }
        return question
    }
}
