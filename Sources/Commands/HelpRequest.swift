import ArgumentParser
import Conversation

/// `cm help WORD…`, as far as it is about words that are no commands: the parser would show the help of what is around.
struct HelpRequest {
    /// What is wrong with it; nil when there is help.
    let problem: String?

    /// Looks at `arguments`, the command line without the program.
    init(_ arguments: [String]) {
        // What is not displayed can be typed all the same.
        var commands = RootCommand.configuration.subcommands
        var around = "cm"
        guard arguments.first == "help" else {
            problem = nil
            return
        }
        for word in arguments.dropFirst() where !word.hasPrefix("-") && word != "help" {
            guard let command = commands.first(where: { $0.name == word }) else {
                let names = commands.filter { $0.configuration.shouldDisplay }.map { $0.name }
                problem = Self.absence(of: word, among: names, around)
                return
            }
            around += " \(word)"
            commands = command.configuration.subcommands
        }
        problem = nil
    }

    /// What the parser says of a wrong command line, with the help that there is: what stands without a command is read by
    /// one that people do not see.
    static func hint(in message: String) -> String {
        message.replacing(/See 'cm(?: run)? monitor --help'/, with: "See 'cm --help'")
    }

    /// That `around` has no command `word`, with what may have been meant of `names`.
    static func absence(of word: String, among names: [String], _ around: String = "cm") -> String {
        let command = around == "cm" ? "'\(word)'" : "'\(around) \(word)'"
        guard !names.isEmpty else { return "there is no command \(command); \(around) has none of its own" }
        if around == "cm", word == "version" { return "there is no command 'version'; cm --version tells it" }
        let meant = EditDistance.nearest(to: word, among: names, name: { $0 })
        let hint = meant.map { "did you mean \(around) \($0)?" } ?? names.existing
        return "there is no command \(command); \(hint)"
    }
}

extension ParsableCommand {
    /// What is typed for it.
    fileprivate static var name: String { configuration.commandName ?? "" }
}
