import Conversation

/// Says in lines of text what happens in a session, for people at a terminal.
///
/// A fold; knows no terminal.
struct EventPrinter {
    /// The front that prints: what it sent itself already stands on the screen.
    let sender: String
    let style: TextStyle

    private var flow = TextFlow()
    /// Own messages that waited for their turn: by then their text is far up the screen.
    private var queued: Set<Message.ID> = []
    private var running: Turn.ID?
    /// Messages of others that have no turn yet, which may still go into the running one.
    private var others: [Message.ID: Message] = [:]
    /// What was answered at this terminal.
    private var ownAnswers: Set<Approval.ID> = []
    /// What the agent has begun and not ended.
    private var openActions: [Action] = []
    /// What the running turn asked for and was not allowed.
    private var unallowed: [ApprovalRequest] = []

    init(sender: String, style: TextStyle) {
        self.sender = sender
        self.style = style
    }

    /// The lines for `event`, in order, for a terminal of `columns`.
    ///
    /// Without control characters but our own colours.
    mutating func lines(for event: Event, columns: Int) -> [String] {
        switch event {
        case .started(let turn):
            running = turn.id
            (openActions, unallowed) = ([], [])
            others[turn.message] = nil
            let again = turn.attempt > 1 ? ["\(style.dim("runs again:")) \(printable(turn.text.headline(200)))"] : []
            guard turn.sender != sender else {
                let isFarUp = queued.remove(turn.message) != nil && again.isEmpty
                return isFarUp ? [style.dim("› \(printable(turn.text.headline(200)))")] : again
            }
            let author = "\(turn.author) (\(turn.origin.rawValue)):"
            return again.isEmpty ? ["\(style.cyan(printable(author))) \(printable(turn.text))"] : again
        case .delta(_, let text):
            return flow.add(printable(text), columns: columns)
        case .action(_, let action):
            openActions.removeAll { $0.id == action.id }
            guard action.status != .started else {
                openActions.append(action)
                return []
            }
            return rest() + [line(action, suffix(action))]
        case .approval(let turn, let approval):
            if turn == running { noteAllowance(approval) }
            // A question is shown by `question`, unless it was answered at once.
            let isOwn = ownAnswers.remove(approval.id) != nil
            guard let line = ApprovalText(style: style).line(approval, isOwn: isOwn) else { return [] }
            return rest() + [line]
        case .stage(_, let report):
            return rest() + StageText(style: style).lines(report, columns: columns)
        case .finished(_, let outcome):
            running = nil
            let left = openActions.filter { $0.kind == .command }.map {
                line($0, isUnallowed($0) ? " (asked, not run)" : " (still running)")
            }
            (openActions, unallowed) = ([], [])
            return rest() + left + end(outcome, columns: columns)
        case .dropped(let ids):
            for id in ids { others[id] = nil }
            return ["\(ids.count) waiting \(ids.count == 1 ? "message" : "messages") dropped"]
        case .notice(let notice):
            return rest() + lines(notice, columns: columns)
        case .accepted(let id, let message):
            if message.sender != sender { others[id] = message } else if running != nil { queued.insert(id) }
            return []
        case .steered(_, let id):
            // Who did it here was told by the answer to the command.
            queued.remove(id)
            return steering("put into the running turn", id)
        case .unsteered(_, let id):
            return steering("not taken by the agent, waits for a turn of its own", id)
        case .changed:
            return []
        }
    }

    /// An open question in full; `age` is how long ago it was asked, in milliseconds.
    mutating func question(_ approval: Approval, age: Int64, columns: Int, isWhole: Bool = false) -> [String] {
        rest() + ApprovalText(style: style).lines(approval, age: age, columns: columns, isWhole: isWhole)
    }

    /// A key or a line of this terminal answers `approval`: who and from where need not be said.
    mutating func noteOwnAnswer(_ approval: Approval.ID, isOwn: Bool) {
        if isOwn { ownAnswers.insert(approval) } else { ownAnswers.remove(approval) }
    }

    private mutating func noteAllowance(_ approval: Approval) {
        unallowed.removeAll { $0.permission == approval.request.permission }
        if approval.status != .allowed { unallowed.append(approval.request) }
    }

    /// A notice as lines.
    func lines(_ notice: Notice, columns: Int) -> [String] {
        TextFlow.lines(of: printable(notice.text), columns: columns).map { line in
            switch notice.level {
            case .info: style.dim(line)
            case .warn: style.yellow(line)
            case .error: style.red(line)
            }
        }
    }

    private mutating func steering(_ text: String, _ id: Message.ID) -> [String] {
        guard let message = others[id] else { return [] }
        return rest() + [style.dim("\(text): \(printable("\(message.author): \(message.text.headline(200))"))")]
    }

    private func line(_ action: Action, _ suffix: String) -> String {
        let who = action.role.readsOnly ? "\(action.role.rawValue): " : ""
        // A title that tells why it failed needs no more words.
        let isTold = action.status == .failed && action.title.hasSuffix(")")
        return style.dim("  \(mark(action)) \(who)\(printable(action.title))\(isTold ? "" : suffix)")
    }

    private mutating func rest() -> [String] { flow.finish().map { [$0] } ?? [] }

    private func end(_ outcome: Outcome, columns: Int) -> [String] {
        let time = "\(Elapsed(outcome.durationMs))"
        switch outcome.status {
        case .ok:
            let usage = outcome.usage
            let tokens = usage == Usage() ? "" : " · \(usage.inputTokens) tokens in, \(usage.outputTokens) out"
            let review = outcome.review.map { " · \($0.result.rawValue) in round \($0.rounds)" } ?? ""
            return [style.dim("✓ \(time)\(tokens)\(review)")]
        case .cancelled:
            return [style.yellow("■ stopped after \(time)")]
        case .error, .interrupted:
            let reason = outcome.error.map { " (\($0.kind.rawValue)): \(printable($0.message))" } ?? ""
            let text = "✗ \(outcome.status == .error ? "failed" : "interrupted")\(reason)"
            return TextFlow.lines(of: text, columns: columns).map(style.red)
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

    private func suffix(_ action: Action) -> String {
        switch action.status {
        case .started, .completed: ""
        case .failed where isUnallowed(action): " (not run)"
        case .failed, .declined: " (\(action.status.rawValue))"
        }
    }

    /// Whether it never began, because it was asked for and not allowed.
    private func isUnallowed(_ action: Action) -> Bool { unallowed.contains { $0.concerns(action) } }

    private func printable(_ text: String) -> String { Printable(text).text }
}
