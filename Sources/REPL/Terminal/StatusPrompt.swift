import Conversation

/// What stands before the typed line: who listens, or what the agent does and for how long.
struct StatusPrompt {
    let style: TextStyle
    private var startedAt: ContinuousClock.Instant?
    private var activity: (id: String, title: String)?
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
            startedAt = now
        case .action(_, let action):
            if action.status == .started {
                activity = (action.id, action.title)
            } else if activity?.id == action.id {
                activity = nil
            }
        case .finished(_, let outcome):
            (startedAt, activity) = (nil, nil)
            if outcome.runsAgain { waiting += 1 }
        case .steered, .unsteered, .delta, .approval, .changed, .notice:
            break
        }
    }

    func text(at now: ContinuousClock.Instant) -> String {
        if isContinuing { return style.dim("…") + " » " }
        guard let startedAt else { return style.bold("cm") + "» " }
        let seconds = startedAt.duration(to: now).components.seconds
        var parts = [seconds < 60 ? "\(seconds) s" : "\(Elapsed(seconds * 1000))"]
        if let activity { parts.append(Printable(activity.title.headline(30)).text) }
        if waiting > 0 { parts.append("+\(waiting)") }
        return style.bold("cm") + style.dim(" \(parts.joined(separator: " · "))") + " » "
    }
}
