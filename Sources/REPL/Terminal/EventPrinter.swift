import Conversation

/// Says in lines of text what happens in a session, for people at a terminal. A fold; knows no terminal.
struct EventPrinter {
    /// The front that prints: what it sent itself already stands on the screen.
    let sender: String
    let style: TextStyle

    private var flow = TextFlow()
    private var running: Turn?

    init(sender: String, style: TextStyle) {
        self.sender = sender
        self.style = style
    }

    /// The lines for `event`, in order, for a terminal of `columns`. Without control characters but our own colours.
    mutating func lines(for event: Event, columns: Int) -> [String] {
        switch event {
        case .started(let turn):
            running = turn
            let again = turn.attempt > 1 ? ["\(style.dim("runs again:")) \(printable(turn.text.headline(200)))"] : []
            guard turn.sender != sender else { return again }
            let author = "\(turn.author) (\(turn.origin.rawValue)):"
            return again.isEmpty ? ["\(style.cyan(printable(author))) \(printable(turn.text))"] : again
        case .delta(_, let text):
            return flow.add(printable(text), columns: columns)
        case .action(_, let action):
            guard action.status != .started else { return [] }
            return rest() + [style.dim("  \(mark(action)) \(printable(action.title))\(suffix(action.status))")]
        case .approval(_, let approval):
            guard approval.status != .asked else { return [] }
            let text = "  \(approval.status.rawValue): \(printable(approval.title))"
            return rest() + [approval.status == .allowed ? style.dim(text) : style.yellow(text)]
        case .finished(_, let outcome):
            defer { running = nil }
            return rest() + end(outcome)
        case .dropped(let ids):
            return ["\(ids.count) waiting \(ids.count == 1 ? "message" : "messages") dropped"]
        case .notice(let notice):
            return rest() + [line(notice)]
        case .accepted, .changed:
            return []
        }
    }

    /// A notice as a line.
    func line(_ notice: Notice) -> String {
        let text = printable(notice.text)
        return switch notice.level {
        case .info: style.dim(text)
        case .warn: style.yellow(text)
        case .error: style.red(text)
        }
    }

    private mutating func rest() -> [String] { flow.finish().map { [$0] } ?? [] }

    private func end(_ outcome: Outcome) -> [String] {
        let time = "\(Elapsed(outcome.durationMs))"
        switch outcome.status {
        case .ok:
            let usage = outcome.usage
            let tokens = usage == Usage() ? "" : " · \(usage.inputTokens) tokens in, \(usage.outputTokens) out"
            return [style.dim("✓ \(time)\(tokens)")]
        case .cancelled:
            return [style.yellow("■ stopped after \(time)")]
        case .error, .interrupted:
            let reason = outcome.error.map { " (\($0.kind.rawValue)): \(printable($0.message))" } ?? ""
            return [style.red("✗ \(outcome.status == .error ? "failed" : "interrupted")\(reason)")]
        }
    }

    private func mark(_ action: Action) -> String {
        switch action.kind {
        case .command: "$"
        case .file: "±"
        case .tool: "⚙"
        case .search: "⌕"
        case .plan: "☐"
        case .reasoning: "·"
        }
    }

    private func suffix(_ status: Action.Status) -> String {
        switch status {
        case .started, .completed: ""
        case .failed, .declined: " (\(status.rawValue))"
        }
    }

    private func printable(_ text: String) -> String { Printable(text).text }
}
