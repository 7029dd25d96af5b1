extension Prompt {
    /// What stands in double braces in a text.
    public enum Variable: String, CaseIterable, Sendable {
        case directory
        case profile
        case project
        case branch
        case target
        case title
        case task
        case board
        case count
        case files
        case error
        case log
        case tools

        /// The most characters of its value that get into a prompt.
        package var limit: Int {
            switch self {
            case .directory: 4096
            case .profile, .project, .branch, .target, .title, .count: 500
            case .error: 2000
            case .files, .tools: 4000
            case .task, .board: 8000
            case .log: 15_000
            }
        }

        /// `value` as it gets into a prompt: of a log the end, of others the beginning, with a mark at the cut.
        package func bounded(_ value: String) -> String {
            guard value.count > limit else { return value }
            switch self {
            case .log: return "…" + value.suffix(limit - 1)
            case .directory, .profile, .project, .branch, .target, .title, .task, .board, .count, .files, .error,
                .tools:
                return value.prefix(limit - 1) + "…"
            }
        }
    }

    /// The embedded text with `values` in it.
    public func rendered(_ values: [Variable: String]) -> String { Self.render(text, values) }

    /// `text` with `values` in it, long ones cut.
    ///
    /// Goes through the text once, so that braces in a value mean nothing. What stands in braces and has no value stays
    /// as it is.
    public static func render(_ text: String, _ values: [Variable: String]) -> String {
        text.replacing(placeholder) { match in
            guard let variable = Variable(rawValue: String(match.1)), let value = values[variable] else {
                return String(match.0)
            }
            return variable.bounded(value)
        }
    }

    /// The names that stand in double braces in `text`, each once, in their order.
    public static func names(in text: String) -> [String] {
        var seen: Set<String> = []
        return text.matches(of: placeholder).map { String($0.1) }.filter { seen.insert($0).inserted }
    }

    /// A name in double braces, without white space: templates of other programs have some.
    private static var placeholder: Regex<(Substring, Substring)> { /\{\{([A-Za-z0-9_-]+)\}\}/ }
}
