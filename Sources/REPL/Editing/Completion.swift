/// A word that could stand in place of the one being typed.
struct Completion: Equatable, Sendable {
    /// The whole word.
    ///
    /// One that ends with "/" is completed without a space behind it: more follows.
    var word: String
    /// What it is, in a few words, for the list; may be empty.
    var hint = ""
}

/// What Tab does.
enum CompletionStep: Equatable {
    /// Nothing fits.
    case beep
    case replace(word: String, with: String)
    /// Several fit, and nothing more is common to them.
    case list([Completion])

    /// The step for the word that ends `line`, the text before the cursor.
    ///
    /// Words are separated by white space.
    init(line: String, candidates: [Completion]) {
        let word = Self.lastWord(of: line)
        guard let first = candidates.first else {
            self = .beep
            return
        }
        guard candidates.count > 1 else {
            self = .replace(word: word, with: first.word.hasSuffix("/") ? first.word : first.word + " ")
            return
        }
        let common = candidates.dropFirst().reduce(first.word) { common, candidate in
            String(zip(common, candidate.word).prefix { $0 == $1 }.map(\.0))
        }
        self = common != word && common.hasPrefix(word) ? .replace(word: word, with: common) : .list(candidates)
    }

    private static func lastWord(of line: String) -> String {
        String(line.reversed().prefix { !$0.isWhitespace }.reversed())
    }
}

extension [Completion] {
    private static var listLimit: Int { 40 }

    /// The list that Tab shows: one to a line, hints aligned, clipped to `columns` and to 40 lines.
    func list(columns: Int) -> String {
        let shown = prefix(Self.listLimit)
        let widest = shown.map { $0.word.count }.max() ?? 0
        var lines = shown.map { completion in
            let padding = String(repeating: " ", count: widest - completion.word.count)
            return completion.hint.isEmpty ? completion.word : "\(completion.word)\(padding)  \(completion.hint)"
        }
        if count > shown.count { lines.append("… and \(count - shown.count) more") }
        return lines.map { Prompt($0).row(columns: columns).text + "\n" }.joined()
    }
}
