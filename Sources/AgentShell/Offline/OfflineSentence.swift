/// A message of one line, prepared for the rules of the offline agent.
struct OfflineSentence {
    /// As it was typed, without politeness before and signs after it.
    let text: String
    /// The words of it in lower case.
    let words: [String]
    let vocabulary: Set<String>

    /// Nil when there is nothing in it, or more than a line of 500 bytes: that is work.
    init?(_ raw: String) {
        var text = raw.drop(while: \.isWhitespace)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        guard !text.contains(where: \.isNewline), text.utf8.count <= 500 else { return nil }
        while let polite = text.prefixMatch(of: Self.politeness) { text = text[polite.range.upperBound...] }
        while let polite = text.firstMatch(of: /(?i)[\s,]+(?:please|pls|thanks|thank you|for me)[\s.!?]*$/) {
            text = text[..<polite.range.lowerBound]
        }
        while let last = text.last, "?!.,;: ".contains(last) { text.removeLast() }
        words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        guard !words.isEmpty else { return nil }
        vocabulary = Set(words)
        self.text = String(text)
    }

    private static var politeness: Regex<Substring> {
        /(?i)(?:please|pls|(?:hey|hi|hello)(?!\s+again\b)|ok|okay|so|now|and|then|well|can you|could you|would you|will you|can i|could i|may i|let me|let's|lets|i want to|i'd like to|i would like to|i need to|do you know|tell me|just)\b[\s,:]+/
    }

    /// Whether one of `others` is in it.
    func has(_ others: String...) -> Bool { others.contains { vocabulary.contains($0) } }

    /// Whether these words follow each other in it.
    func has(phrase: String) -> Bool { (" " + words.joined(separator: " ") + " ").contains(" \(phrase) ") }

    /// The first number in it.
    var number: Int? {
        words.lazy.compactMap { Int($0) ?? Self.numbers[$0] }.first
    }

    private static let numbers = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "twenty": 20, "fifty": 50, "hundred": 100,
    ]

    /// Whether it begins with something to be done to the code.
    var asksForWork: Bool {
        guard words.count > 1, let first = words.first else { return false }
        if first == "commit" { return !["history", "list", "log", "messages", "log"].contains(words[1]) }
        return Self.work.contains(first)
    }

    private static let work: Set<String> = [
        "add", "apply", "build", "bump", "change", "checkout", "clean", "convert", "create", "debug", "delete",
        "deploy",
        "do", "document", "edit", "explain", "extract", "fix", "format", "generate", "implement", "improve", "insert",
        "make", "merge", "migrate", "modify", "move", "optimise", "optimize", "port", "push", "rebase", "refactor",
        "remove", "rename", "replace", "reset", "revert", "review", "rewrite", "run", "simplify", "split", "squash",
        "stash", "summarise", "summarize", "switch", "test", "translate", "undo", "update", "upgrade", "use", "write",
    ]

    /// The first text in quotes in `text`, if there is one.
    static func quotation(in text: Substring) -> String? {
        guard let match = text.firstMatch(of: /(?:^|[\s(])(?:“([^”]+)”|"([^"]+)"|`([^`]+)`|'([^']+)'|«([^»]+)»)/) else {
            return nil
        }
        return (match.1 ?? match.2 ?? match.3 ?? match.4 ?? match.5).map(String.init)
    }

    /// `text` without the words that `pattern` matches at its beginning, as long as something is left.
    static func stripping(_ pattern: Regex<Substring>, from text: Substring) -> Substring {
        var text = text
        while let match = text.prefixMatch(of: pattern), match.range.upperBound < text.endIndex {
            text = text[match.range.upperBound...]
        }
        return text
    }
}
