import Conversation

/// What stands before the typed line: who listens, or what the agent does and for how long.
struct StatusPrompt {
    let style: TextStyle
    /// Names the session; nil where that goes without saying.
    let name: String?
    private var startedAt: ContinuousClock.Instant?
    private var activity: (id: String, title: String)?
    /// Who works, in plan mode.
    private var role: Role?
    private var messages = WaitingMessages()
    /// Whether the turn is told to end.
    private var isStopping = false
    /// Whether a text of several lines was begun.
    var isContinuing = false

    init(style: TextStyle, name: String? = nil) {
        self.style = style
        self.name = name
    }

    /// Whether the prompt changes with time.
    var isBusy: Bool { startedAt != nil }

    /// The turn under way, as far as was heard.
    var running: Turn.ID? { messages.running?.id }

    mutating func take(_ event: Event, at now: ContinuousClock.Instant) {
        messages.take(event)
        switch event {
        case .started:
            // The end of an earlier one may have been missed.
            (startedAt, activity, role, isStopping) = (now, nil, nil, false)
        case .stage(_, let report):
            role = report.next
        case .action(_, let action):
            if action.status == .started {
                activity = (action.id, action.title)
            } else if activity?.id == action.id {
                activity = nil
            }
        case .finished, .changed(.renewed), .deleted:
            noteEnd()
        case .stopping(let turn, _):
            noteStop(of: turn, isTold: true)
        case .accepted, .dropped, .steered, .unsteered, .delta, .approval, .changed, .shared, .notice,
            .revised:
            break
        }
    }

    /// No turn runs, whatever was missed.
    mutating func noteEnd() {
        messages.noteEnd()
        (startedAt, activity, role, isStopping) = (nil, nil, nil, false)
    }

    /// `turn`, or whatever runs, is told to end; without `isTold` it was not, after all.
    mutating func noteStop(of turn: Turn.ID?, isTold: Bool) {
        if let running, turn == nil || turn == running { isStopping = isTold }
    }

    /// The prompt; `asked` is what the person has to answer.
    func text(_ asked: ApprovalBoard, at now: ContinuousClock.Instant) -> String {
        if isContinuing { return style.dim("…") + " » " }
        let place = name.map { " \($0)" } ?? ""
        let head = style.bold("cm" + place), separator = name == nil ? " " : " · "
        let count = messages.count > 0 ? "+\(messages.count)" : nil
        if let waitsSince = asked.waitsSince, !isStopping {
            let time = Self.time(from: waitsSince, to: now)
            let parts = [time, asked.place, count].compactMap(\.self)
            return head + style.yellow("\(separator)waiting for you \(parts.joined(separator: " · "))") + " » "
        }
        guard let startedAt else { return head + "» " }
        var parts = [Self.time(from: startedAt, to: now)]
        if isStopping { parts.append("stopping…") }
        if let role, !isStopping { parts.append(role.rawValue) }
        if let activity, !isStopping { parts.append(Printable(activity.title.headline(30)).text) }
        if let count { parts.append(count) }
        return head + style.dim(separator + parts.joined(separator: " · ")) + " » "
    }

    /// A length of time in whole seconds.
    static func time(from start: ContinuousClock.Instant, to now: ContinuousClock.Instant) -> String {
        let seconds = start.duration(to: now).components.seconds
        return seconds < 60 ? "\(seconds) s" : "\(Elapsed(seconds * 1000))"
    }
}
