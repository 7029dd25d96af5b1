import Conversation

/// What the offline agent looks up, and what it makes of the answer.
struct OfflineLookUp: Hashable {
    /// Which lines of the answer are told, beside its first.
    enum Keeping: Hashable {
        case all
        /// Lines of a log that tell of something bad, the last of them.
        case problems
        /// Lines that have a text in them, in any case, the last of them.
        case text(String)
    }

    /// So many lines are kept of those that fit.
    private static let keptLines = 20

    var query: Query
    /// What it is, for people, in a few words.
    var name: String
    var keeping = Keeping.all

    init(_ query: Query, _ name: String, keeping: Keeping = .all) {
        (self.query, self.name, self.keeping) = (query, name, keeping)
    }

    /// The answer of the agent, given what the core reported.
    ///
    /// What files and logs say is in a code fence, longer than any in it: it is no text of the agent's own.
    func answer(_ report: String) -> String {
        guard case .surroundings(let question) = query else { return report }
        var lines = report.split(separator: "\n", omittingEmptySubsequences: false)
        let heading = lines.removeFirst()
        guard !lines.isEmpty else { return report }
        switch keeping {
        case .all: return Self.fenced(lines, under: "\(heading):", as: question == .diff ? "diff" : "")
        case .problems:
            return kept(lines.filter(Self.isProblem), none: "no errors or warnings", of: lines.count)
        case .text(let text):
            let fitting = lines.filter { $0.lowercased().contains(text.lowercased()) }
            return kept(fitting, none: "nothing with “\(text.headline(80))”", of: lines.count)
        }
    }

    private func kept(_ lines: [Substring], none: String, of count: Int) -> String {
        guard !lines.isEmpty else { return "\(none) in the last \(count) lines of the log" }
        let shown = lines.suffix(Self.keptLines)
        let what = shown.count == 1 ? "the last such line" : "the last \(shown.count) such lines"
        return Self.fenced(Array(shown), under: "\(what) of \(lines.count) in the log:", as: "")
    }

    /// Whether the second word, the level, says so: `2026-01-01T00:00:00Z error codex …`.
    private static func isProblem(_ line: Substring) -> Bool {
        let words = line.split(separator: " ", maxSplits: 2)
        return words.count > 1 && ["warning", "error", "critical"].contains(words[1].lowercased())
    }

    private static func fenced(_ lines: [Substring], under heading: String, as language: String) -> String {
        let text = lines.joined(separator: "\n")
        var longest = 0, run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(heading)\n\n\(fence)\(language)\n\(text)\n\(fence)"
    }
}
