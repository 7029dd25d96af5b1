import Conversation
import Foundation

/// What can be named in a command.
struct Vocabulary: Sendable {
    var names = CoreNames()
    /// What agents ask and nobody has answered.
    var approvals: [Approval] = []
}

/// What Tab offers: the words of commands, and files behind an `@`.
struct CommandCompletion {
    let candidates: [Completion]

    /// The candidates for the word at the end of `line`, the text before the cursor; files are those of `directory`.
    init(
        line: String, _ vocabulary: Vocabulary, directory: String = FileManager.default.currentDirectoryPath
    ) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let last = line.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).last ?? ""
        guard !last.hasPrefix("@") else {
            candidates = FileCompletion(of: String(last.dropFirst()), in: directory).paths.map {
                Completion(word: "@" + $0)
            }
            return
        }
        guard let first = words.first, first.hasPrefix("/"), let word = words.last else {
            candidates = []
            return
        }
        let all =
            switch words.count {
            case 1: SlashCommand.completions.map { Completion(word: $0.name, hint: $0.summary) }
            case 2:
                Self.ids(for: first, of: vocabulary.approvals)
                    + SlashCommand.values(of: first, vocabulary.names).map { Completion(word: $0) }
            case 3 where first.lowercased() == "/approve": [Completion(word: "session")]
            default: [Completion]()
            }
        candidates = all.filter { $0.word.hasPrefix(word) }
    }

    /// The approvals that `command` can answer.
    private static func ids(for command: String, of approvals: [Approval]) -> [Completion] {
        let fitting: [Approval] =
            switch command.lowercased() {
            case "/approve": approvals.filter { $0.request.kind != .question }
            case "/answer": approvals.filter { $0.request.kind == .question }
            case "/deny": approvals
            default: []
            }
        return fitting.map { Completion(word: "\($0.id)", hint: ApprovalText.visible($0.request.title.headline(60))) }
    }
}
