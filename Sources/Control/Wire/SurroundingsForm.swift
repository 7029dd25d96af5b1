import Conversation

/// A question about the place in which people and agents work, as JSON.
struct SurroundingsForm: Codable, Sendable {
    /// The name of the question.
    var kind: String
    /// How many commits, or lines of a log.
    var count: Int?
    /// What to look for, which file, or whose log.
    var name: String?
    /// The first and the last line of a file.
    var lines: [Int]?

    init(_ question: SurroundingsQuestion) {
        switch question {
        case .changes: kind = "changes"
        case .diff: kind = "diff"
        case .branches: kind = "branches"
        case .commits(let count): (kind, self.count) = ("commits", count)
        case .find(let text): (kind, name) = ("find", text)
        case .file(let name, let lines):
            (kind, self.name, self.lines) = ("file", name, lines.map { [$0.lowerBound, $0.upperBound] })
        case .log(let lines, let process): (kind, count, name) = ("log", lines, process)
        }
    }

    /// The question; nil for one that only newer versions know, or that lacks something.
    var question: SurroundingsQuestion? {
        switch kind {
        case "changes": .changes
        case "diff": .diff
        case "branches": .branches
        case "commits": .commits(min(max(1, count ?? 10), 1000))
        case "find": name.map(SurroundingsQuestion.find)
        case "file": name.map { .file($0, lines: range) }
        case "log": .log(lines: min(max(1, count ?? 20), 1000), of: name)
        default: nil
        }
    }

    private var range: ClosedRange<Int>? {
        guard let lines, lines.count == 2, lines[0] >= 1, lines[0] <= lines[1] else { return nil }
        return lines[0]...lines[1]
    }
}
