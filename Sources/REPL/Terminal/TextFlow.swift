/// Turns streamed text into lines: what is complete is handed out, the rest waits.
///
/// A paragraph longer than the terminal is wide is broken between words as it comes, so that people see it grow;
/// inside a ``` fence lines stay as they are.
struct TextFlow {
    private var pending = ""
    private var isFenced = false

    /// Adds `text`; returns the lines that are complete, for a terminal of `columns`.
    mutating func add(_ text: String, columns: Int) -> [String] {
        pending += text
        var lines: [String] = []
        while let end = pending.firstIndex(of: "\n") {
            lines.append(String(pending[..<end]))
            if lines.last?.drop(while: \.isWhitespace).hasPrefix("```") == true { isFenced.toggle() }
            pending.removeSubrange(...end)
        }
        let isFence = pending.drop(while: \.isWhitespace).hasPrefix("`")
        while !isFenced, !isFence, pending.count > columns, let cut = pending.prefix(columns).lastIndex(of: " "),
            cut > pending.startIndex
        {
            lines.append(String(pending[..<cut]))
            pending.removeSubrange(...cut)
        }
        return lines
    }

    /// What is left, at the end of the text; nil for nothing.
    mutating func finish() -> String? {
        defer { self = TextFlow() }
        return pending.isEmpty ? nil : pending
    }
}
