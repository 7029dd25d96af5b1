/// What a line means that somebody typed.
enum Input: Hashable, Sendable {
    /// For the agent.
    case message(String)
    case command(SlashCommand, Arguments)
    /// Nearly a command: not sent on.
    case mistyped(name: String, meant: SlashCommand)

    /// Reads `text`: `/word …` is a command when it is known, `//word …` goes to the agent as `/word …`.
    init(_ text: String) {
        guard text.hasPrefix("/") else {
            self = .message(text)
            return
        }
        if text.hasPrefix("//") {
            self = .message(String(text.dropFirst()))
            return
        }
        let words = text.dropFirst().split(whereSeparator: \.isWhitespace).map(String.init)
        // `/command@bot` is how groups address one of several bots.
        let name = words.first.map { String($0.prefix { $0 != "@" }) } ?? ""
        if let command = SlashCommand(name: name) {
            self = .command(command, Arguments(after: text))
        } else if let meant = Self.suggestion(for: name) {
            self = .mistyped(name: name, meant: meant)
        } else {
            self = .message(text)
        }
    }

    /// The command that was meant by `name`, if it looks like one.
    private static func suggestion(for name: String) -> SlashCommand? {
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else { return nil }
        return EditDistance.nearest(to: name, among: SlashCommand.allCases, name: \.rawValue)
    }
}

/// What follows the name of a command.
struct Arguments: Hashable, Sendable {
    /// As it was typed, without the space around it.
    let text: String

    /// Takes what follows the first word of `line`.
    init(after line: String) {
        let rest = line.drop { !$0.isWhitespace }
        text = String(rest.trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The words of it.
    var words: [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }
    var isEmpty: Bool { text.isEmpty }

    /// What follows the first word.
    var rest: String { Arguments(after: text).text }
}
