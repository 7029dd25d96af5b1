/// Tells of the place in which people and agents work: its files, its repository, and the logs beside it.
///
/// A port: adapters conform.
public protocol Surroundings: Sendable {
    /// The answer to `question` for people: plain text of bounded size, which says what it leaves out.
    ///
    /// `directory` is an absolute path. The first of several lines says what the others are, which are quotations: file
    /// names and contents are somebody else's words. Throws, with a description for people, what cannot be told.
    func answer(_ question: SurroundingsQuestion, in directory: String) async throws -> String
}

/// What can be asked of the place in which people and agents work.
public enum SurroundingsQuestion: Hashable, Sendable {
    /// Which files of the working directory are not as in the last commit.
    case changes
    /// How they differ, line by line.
    case diff
    /// The branches of the repository.
    case branches
    /// The last so many commits; a single one with its files.
    case commits(Int)
    /// Where a text occurs, in files and in their names.
    case find(String)
    /// A file with its line numbers; nil for its first lines.
    case file(String, lines: ClosedRange<Int>?)
    /// The last so many lines of a process's log; nil for that of cm itself.
    case log(lines: Int, of: String?)
}

extension SurroundingsQuestion {
    /// Why arguments are no question.
    struct Misuse: Error {
        let why: String
    }

    /// How many lines of a log are shown when nobody says.
    static let logLines = 20

    /// What `/logs`, `/diff` or `/branches` asks when `words` follow it.
    init(_ command: SlashCommand, _ words: [String]) throws(Misuse) {
        guard command == .logs else {
            guard words.isEmpty else { throw Misuse(why: "/\(command.rawValue) takes no argument") }
            self = command == .diff ? .diff : .branches
            return
        }
        guard words.count <= 2 else { throw Misuse(why: "/logs takes two arguments at most") }
        guard let first = words.first else {
            self = .log(lines: Self.logLines, of: nil)
            return
        }
        if words.count == 1, first.first?.isLetter == true {
            self = .log(lines: Self.logLines, of: first)
            return
        }
        guard let count = Int(first), (1...1000).contains(count) else {
            throw Misuse(why: "'\(first)' is no number from 1 to 1000")
        }
        self = .log(lines: count, of: words.dropFirst().first)
    }
}
