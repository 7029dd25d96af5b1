/// What Ctrl-C means.
///
/// A value: it is asked on the editor's thread and told of turns by the event reader.
struct InterruptRule: Sendable {
    /// What is to be done, besides what the editor does with the line.
    enum Effect: Hashable, Sendable {
        case interruptTurn
        case hint
        case leave
        case nothing
    }

    /// How soon a second Ctrl-C leaves.
    static let patience: Duration = .seconds(2)

    private var isTurnRunning = false
    private var isInterrupting = false
    private var hintedAt: ContinuousClock.Instant?

    mutating func turnStarted() { (isTurnRunning, isInterrupting) = (true, false) }

    mutating func turnEnded() { (isTurnRunning, isInterrupting) = (false, false) }

    /// The turn could not be told to stop.
    mutating func interruptFailed() { isInterrupting = false }

    /// The hint was about something else than leaving.
    mutating func forgetHint() { hintedAt = nil }

    /// Ctrl-C was pressed.
    ///
    /// Returns whether the typed line stays, and what else is to be done.
    mutating func press(isLineEmpty: Bool, at now: ContinuousClock.Instant) -> (keepsLine: Bool, effect: Effect) {
        if isTurnRunning {
            defer { isInterrupting = true }
            return (true, isInterrupting ? .nothing : .interruptTurn)
        }
        guard isLineEmpty else {
            hintedAt = nil
            return (false, .nothing)
        }
        if let hintedAt, hintedAt.duration(to: now) < Self.patience { return (true, .leave) }
        hintedAt = now
        return (true, .hint)
    }
}
