/// When a guard asks its tree to end, and when it insists.
struct GuardPlan: Sendable {
    /// What to do next, while anything is left of the tree.
    enum Step: Hashable, Sendable {
        /// Wait for something to happen, at most this long; `nil` for as long as it takes.
        case wait(Duration?)
        /// Send all of it SIGTERM.
        case ask
        /// Send all of it SIGKILL, then wait this long at most.
        case kill(Duration)
        /// Give up: it does not end even when killed.
        case leave
    }

    private enum Phase {
        case watching
        case asked(until: ContinuousClock.Instant)
        case killing(since: ContinuousClock.Instant, pause: Duration)
    }

    /// How long what the program has left behind may take when the program ended by itself.
    static let leftoverGrace = Duration.milliseconds(250)
    /// How long killing is repeated: processes of other users, or stuck in the system, stay.
    static let patience = Duration.seconds(10)

    private let grace: Duration
    private var phase = Phase.watching

    /// A plan that gives a tree `grace` after it was asked.
    init(grace: Duration) { self.grace = grace }

    /// The next step.
    ///
    /// - Parameters:
    ///   - isOrdered: Whether the tree is to end: the core is gone, or says so.
    ///   - isProgramOver: Whether the program itself has ended.
    mutating func step(at now: ContinuousClock.Instant, isOrdered: Bool, isProgramOver: Bool) -> Step {
        switch phase {
        case .watching:
            guard isOrdered || isProgramOver else { return .wait(nil) }
            phase = .asked(until: now + (isProgramOver ? min(grace, Self.leftoverGrace) : grace))
            return .ask
        case .asked(let end) where now < end:
            return .wait(end - now)
        case .asked:
            phase = .killing(since: now, pause: .milliseconds(10))
            return .kill(.milliseconds(5))
        case .killing(let start, _) where now - start >= Self.patience:
            return .leave
        case .killing(let start, let pause):
            phase = .killing(since: start, pause: min(pause * 2, .milliseconds(500)))
            return .kill(pause)
        }
    }
}
