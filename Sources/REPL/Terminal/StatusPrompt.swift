import Conversation

/// What stands before the typed line: who listens, or what the agent does and for how long.
struct StatusPrompt {
    let style: TextStyle
    private var startedAt: ContinuousClock.Instant?
    private var activity: (id: String, title: String)?
    /// Who works, in plan mode.
    private var role: Role?
    private var waiting = 0
    /// Whether a text of several lines was begun.
    var isContinuing = false

    init(style: TextStyle) { self.style = style }

    /// Whether the prompt changes with time.
    var isBusy: Bool { startedAt != nil }

    mutating func take(_ event: Event, at now: ContinuousClock.Instant) {
        switch event {
        case .accepted:
            waiting += 1
        case .dropped(let ids):
            waiting = max(0, waiting - ids.count)
        case .started:
            waiting = max(0, waiting - 1)
            (startedAt, role) = (now, nil)
        case .stage(_, let report):
            role = report.next
        case .action(_, let action):
            if action.status == .started {
                activity = (action.id, action.title)
            } else if activity?.id == action.id {
                activity = nil
            }
        case .finished(_, let outcome):
            (startedAt, activity, role) = (nil, nil, nil)
            if outcome.runsAgain { waiting += 1 }
        case .steered:
            waiting = max(0, waiting - 1)
        case .unsteered:
            waiting += 1
        case .delta, .approval, .changed, .notice:
            break
        }
    }

    /// The prompt; `asked` is what the person has to answer.
    func text(_ asked: ApprovalBoard, at now: ContinuousClock.Instant) -> String {
        if isContinuing { return style.dim("…") + " » " }
        if let waitsSince = asked.waitsSince {
            let time = Self.time(from: waitsSince, to: now)
            let parts = [time, asked.place, waiting > 0 ? "+\(waiting)" : nil].compactMap(\.self)
            return style.bold("cm") + style.yellow(" waiting for you \(parts.joined(separator: " · "))") + " » "
        }
        guard let startedAt else { return style.bold("cm") + "» " }
        var parts = [Self.time(from: startedAt, to: now)]
        if let role { parts.append(role.rawValue) }
        if let activity { parts.append(Printable(activity.title.headline(30)).text) }
        if waiting > 0 { parts.append("+\(waiting)") }
        return style.bold("cm") + style.dim(" \(parts.joined(separator: " · "))") + " » "
    }

    /// A length of time in whole seconds.
    static func time(from start: ContinuousClock.Instant, to now: ContinuousClock.Instant) -> String {
        let seconds = start.duration(to: now).components.seconds
        return seconds < 60 ? "\(seconds) s" : "\(Elapsed(seconds * 1000))"
    }
}
