import Markdown

/// Turns what an agent says into lines of the terminal, as it comes: Markdown with its looks where there are colours, else
/// the text as it was sent.
struct AnswerFlow {
    private var text = TextFlow()
    private var markdown: AnsiFlow?
    /// How wide the terminal was last.
    private var columns = 80
    /// Whether something else was told since the last text.
    private var isPaused = false

    init(isColoured: Bool) { markdown = isColoured ? AnsiFlow() : nil }

    /// Adds `text`; returns the lines that are complete, for a terminal of `columns`, without control characters but our
    /// own looks.
    mutating func add(_ text: String, columns: Int) -> [String] {
        self.columns = columns
        // So the next message of the agent begins, which is a text of its own.
        let last = isPaused && text.hasPrefix("\n\n") ? finish() : []
        isPaused = false
        let renderer = renderer
        return last + lines(of: text, by: renderer)
    }

    private mutating func lines(of text: String, by renderer: AnsiRenderer) -> [String] {
        return markdown?.add(text, by: renderer) ?? self.text.add(Printable(text).text, columns: columns)
    }

    /// Returns the lines that are complete and did not come with the text.
    mutating func look() -> [String] {
        let renderer = renderer
        return markdown?.look(by: renderer) ?? []
    }

    /// Returns what there is so far, since something else is to stand below it.
    mutating func pause() -> [String] {
        isPaused = true
        let renderer = renderer
        return markdown?.pause(by: renderer) ?? text.finish().map { [$0] } ?? []
    }

    /// Returns what is left, at the end of the text.
    mutating func finish() -> [String] {
        let renderer = renderer
        return markdown?.finish(by: renderer) ?? text.finish().map { [$0] } ?? []
    }

    private var renderer: AnsiRenderer { AnsiRenderer(columns: columns, isColoured: true) }
}
