import Conversation

/// Says in lines of text what happens in a session, for people at a terminal.
///
/// A fold; knows no terminal.
struct EventPrinter {
    /// The front that prints: what it sent itself already stands on the screen.
    let sender: String
    /// Who sits there, as others see it.
    let person: String
    let style: TextStyle

    private var flow: AnswerFlow
    /// Own messages that waited for their turn: by then their text is far up the screen.
    private var queued: Set<Message.ID> = []
    private var messages = WaitingMessages()
    /// A message of somebody else that is about to be told, unless it goes into the running turn at once.
    private var announced: (id: Message.ID, line: String)?
    /// Messages of others that have no turn yet, which may still go into the running one.
    private var others: [Message.ID: Message] = [:]
    /// What was answered at this terminal.
    private var ownAnswers: Set<Approval.ID> = []
    /// What was stopped at this terminal, by the message: after a crash that runs again in a turn with another number.
    private var ownStops: Set<Message.ID> = []
    /// What the agent has begun and not ended.
    private var openActions: [Action] = []
    /// What the running turn asked for and was not allowed.
    private var unallowed: [ApprovalRequest] = []
    /// Whether anything was heard of what is said in the running turn.
    private var hasHeard = false
    /// What was asked to be changed at this terminal.
    private var ownChanges = OwnChanges()
    /// What was shown of the conversation that the terminal came upon, until the first event; nil when there is none.
    private var history: String?
    /// Whether what waits runs only later, as the person leaves.
    private var isLeaving = false

    /// `history` is what was shown of the conversation already, where the terminal comes upon one.
    init(sender: String, person: String = "", style: TextStyle, history: String? = nil) {
        self.sender = sender
        self.person = person
        self.style = style
        self.history = history
        flow = AnswerFlow(isColoured: style.isColoured)
    }

    /// The lines for `event`, in order, for a terminal of `columns`.
    ///
    /// Without control characters but our own colours.
    mutating func lines(for event: Event, columns: Int) -> [String] {
        let before = announcement(before: event)
        let earlier = messages
        messages.take(event)
        defer { history = nil }
        return before + told(event, after: earlier, columns: columns)
    }

    /// What is to be told of a message that waits, now that no event says otherwise.
    ///
    /// Above the line that the agent is in the midst of.
    mutating func flush() -> [String] {
        defer { announced = nil }
        return announced.map { [$0.line] } ?? []
    }

    /// The complete lines of the answer that did not come with the text.
    mutating func catchUp() -> [String] { flow.look() }

    private mutating func told(_ event: Event, after earlier: WaitingMessages, columns: Int) -> [String] {
        switch event {
        case .started(let turn):
            (openActions, unallowed, hasHeard) = ([], [], false)
            others[turn.message] = nil
            return flow.finish() + beginning(turn)
        case .delta(_, let text):
            hasHeard = hasHeard || !text.isEmpty
            return flow.add(text, columns: columns)
        case .action(_, let action):
            openActions.removeAll { $0.id == action.id }
            guard action.status != .started else {
                openActions.append(action)
                return []
            }
            return rest() + [line(action, suffix(action))]
        case .approval(let turn, let approval):
            if turn == messages.running?.id { noteAllowance(approval) }
            // A question is shown by `question`, unless it was answered at once.
            let isOwn = ownAnswers.remove(approval.id) != nil
            guard let line = ApprovalText(style: style).line(approval, isOwn: isOwn) else { return [] }
            return rest() + [line]
        case .stage(_, let report):
            return flow.finish() + StageText(style: style).lines(report, columns: columns)
        case .finished(_, let outcome):
            let left = openActions.filter { $0.kind == .command }.map {
                line($0, isUnallowed($0) ? " (asked, not run)" : " (still running)")
            }
            (openActions, unallowed) = ([], [])
            let isOwn = earlier.running.map { ownStops.contains($0.message) } ?? false
            let missed = missedText(of: outcome)
            hasHeard = false
            let said = (missed.isEmpty ? [] : flow.add(missed, columns: columns)) + flow.finish()
            return said + left + end(outcome, isOwn: isOwn, columns: columns) + next(after: outcome)
        case .dropped(let ids):
            for id in ids { others[id] = nil }
            return ["\(ids.count) waiting \(ids.count == 1 ? "message" : "messages") dropped"]
        case .notice(let notice):
            return rest() + lines(notice, columns: columns)
        case .accepted(let id, let message):
            if message.sender == sender {
                if messages.running != nil { queued.insert(id) }
            } else {
                others[id] = message
                let ahead = earlier.ahead
                if ahead > 0 { announced = (id, style.dim("\(words(message)) · waits, \(ahead) before it")) }
            }
            return []
        case .steered(_, let id):
            // Who did it here was told by the answer to the command.
            queued.remove(id)
            return steering("put into the running turn", id)
        case .unsteered(_, let id):
            return steering("not taken by the agent, waits for a turn of its own", id)
        case .revised(let id, let text):
            others[id]?.text = text
            let author = others[id].map { "\($0.heading()) changed " } ?? "changed "
            return [style.dim(printable("\(author)what waits: \(text.headline(200))"))]
        case .stopping:
            // Its end tells it.
            return []
        case .deleted:
            return flow.finish() + lines(.deleted, columns: columns)
        case .changed(let change):
            // Lines have no place to which one could come back.
            return ownChanges.take(change, at: .start) ? [] : lines(change)
        case .shared(let file):
            return rest() + [style.cyan("📎 ") + printable(file.line)]
        }
    }

    /// A line typed here asks for `change`.
    mutating func expect(_ change: SessionChange) { ownChanges.expect(change) }

    /// What the line came to is known: the lines of a change that somebody else has made and that was not told.
    mutating func settle(_ change: SessionChange, made: SessionChange?) -> [String] {
        ownChanges.settle(change, made: made).map { lines($0.change) } ?? []
    }

    private func lines(_ change: SessionChange) -> [String] {
        change.line.map { [style.dim(printable($0))] } ?? []
    }

    /// The person leaves.
    mutating func noteLeaving() { isLeaving = true }

    /// What is told before `event` of the message that was accepted before it.
    private mutating func announcement(before event: Event) -> [String] {
        // Both are recorded together.
        if case .steered(_, let id) = event, id == announced?.id { announced = nil }
        return flush()
    }

    private mutating func beginning(_ turn: Turn) -> [String] {
        let text = printable(turn.shown)
        let author = printable("\(turn.request.heading()):")
        let isFarUp = queued.remove(turn.message) != nil
        // Of what the terminal comes upon it knows nothing, even where it was asked here.
        if let history { return history.hasSuffix(": \(turn.shown)") ? [] : ["\(style.cyan(author)) \(text)"] }
        guard turn.attempt == 1 else { return ["\(style.dim("runs again:")) \(printable(turn.shown.headline(200)))"] }
        guard turn.sender == sender else { return ["\(style.cyan(author)) \(text)"] }
        return isFarUp ? [style.dim("› \(printable(turn.shown.headline(200)))")] : []
    }

    /// What runs behind a turn that was stopped: whoever stops one need not have meant the others.
    private func next(after outcome: Outcome) -> [String] {
        guard outcome.status == .cancelled, !isLeaving else { return [] }
        switch messages.count {
        case 0: return []
        case 1: return [style.dim("1 message waits and is next; /cancel all drops it too")]
        case let count: return [style.dim("\(count) messages wait, and the first is next; /cancel all drops them too")]
        }
    }

    private func words(_ message: Message) -> String {
        printable("\(message.heading()): \(message.shown.headline(200))")
    }

    /// An open question in full; `age` is how long ago it was asked, in milliseconds.
    mutating func question(_ approval: Approval, age: Int64, columns: Int, isWhole: Bool = false) -> [String] {
        rest() + ApprovalText(style: style).lines(approval, age: age, columns: columns, isWhole: isWhole)
    }

    /// A key or a line of this terminal answers `approval`: who and from where need not be said.
    mutating func noteOwnAnswer(_ approval: Approval.ID, isOwn: Bool) {
        if isOwn { ownAnswers.insert(approval) } else { ownAnswers.remove(approval) }
    }

    /// A key or a line of this terminal stops `turn`, or whatever runs: by whom need not be said.
    mutating func noteOwnStop(of turn: Turn.ID? = nil, isOwn: Bool) {
        guard let running = messages.running, turn == nil || turn == running.id else { return }
        if isOwn { ownStops.insert(running.message) } else { ownStops.remove(running.message) }
    }

    private mutating func noteAllowance(_ approval: Approval) {
        unallowed.removeAll { $0.permission == approval.request.permission }
        if approval.status != .allowed { unallowed.append(approval.request) }
    }

    /// A notice as lines.
    func lines(_ notice: Notice, columns: Int) -> [String] {
        TextFlow.lines(of: printable(words(of: notice)), columns: columns).map { line in
            switch notice.level {
            case .info: style.dim(line)
            case .warn: style.yellow(line)
            case .error: style.red(line)
            }
        }
    }

    /// A notification is one line with a mark.
    private func words(of notice: Notice) -> String {
        guard let announced = notice.announced else { return notice.text }
        return "\(announced.priority.mark) \(notice.text.headline(Self.longestNotification))"
    }

    /// The most characters that are shown of a notification.
    private static let longestNotification = 300

    private mutating func steering(_ text: String, _ id: Message.ID) -> [String] {
        guard let message = others[id] else { return [] }
        return rest() + [style.dim("\(text): \(words(message))")]
    }

    private func line(_ action: Action, _ suffix: String) -> String {
        let who = action.role.readsOnly ? "\(action.role.rawValue): " : ""
        // A title that tells why it failed needs no more words.
        let isTold = action.status == .failed && action.title.hasSuffix(")")
        return style.dim("  \(mark(action)) \(who)\(printable(action.title))\(isTold ? "" : suffix)")
    }

    /// What was said so far, above what is told in its midst.
    private mutating func rest() -> [String] { flow.pause() }

    /// What was said in a turn that has run and ended while another process took over, so that only its end was heard.
    private func missedText(of outcome: Outcome) -> String {
        let text = outcome.said ?? outcome.text
        return hasHeard || history?.contains(text) == true ? "" : text
    }

    /// The last line of a turn; `isOwn` is whether it was stopped here.
    private func end(_ outcome: Outcome, isOwn: Bool, columns: Int) -> [String] {
        let time = "\(Elapsed(outcome.durationMs))"
        switch outcome.status {
        case .ok:
            let usage = outcome.usage
            let tokens = usage == Usage() ? "" : " · \(usage.inputTokens) tokens in, \(usage.outputTokens) out"
            let review = outcome.review.map { " · \($0.result.rawValue) in round \($0.rounds)" } ?? ""
            return [style.dim("✓ \(time)\(tokens)\(review)")]
        case .cancelled:
            let by = outcome.stoppedBy.map { isOwn && $0 == person ? "" : " by \(printable($0))" } ?? ""
            return [style.yellow("■ stopped\(by) after \(time)")]
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

extension Announcement.Priority {
    /// What stands before it at a terminal.
    fileprivate var mark: String {
        switch self {
        case .critical: "‼"
        case .important: "✱"
        case .warning: "▲"
        case .info: "◆"
        case .debug: "·"
        }
    }
}
