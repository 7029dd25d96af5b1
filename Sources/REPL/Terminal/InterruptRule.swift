import Conversation

/// What Ctrl-C means.
///
/// A value: it is asked on the editor's thread and told of turns by the event reader.
struct InterruptRule: Sendable {
    /// What is to be done, besides what the editor does with the line.
    enum Effect: Hashable, Sendable {
        /// Only this turn: when it has ended by then, the next one is not meant.
        case interrupt(Turn.ID)
        case hint
        case leave
        case nothing
    }

    /// How soon a second Ctrl-C leaves.
    static let patience: Duration = .seconds(2)

    private var running: Turn.ID?
    private var isInterrupting = false
    private var hintedAt: ContinuousClock.Instant?

    mutating func turnStarted(_ turn: Turn.ID) { (running, isInterrupting) = (turn, false) }

    mutating func turnEnded() { (running, isInterrupting) = (nil, false) }

    /// `turn` could not be told to stop.
    mutating func interruptFailed(_ turn: Turn.ID) { if turn == running { isInterrupting = false } }

    /// The hint was about something else than leaving.
    mutating func forgetHint() { hintedAt = nil }

    /// Ctrl-C was pressed.
    ///
    /// Returns whether the typed line stays, and what else is to be done.
    mutating func press(isLineEmpty: Bool, at now: ContinuousClock.Instant) -> (keepsLine: Bool, effect: Effect) {
        if let running {
            defer { isInterrupting = true }
            return (true, isInterrupting ? .nothing : .interrupt(running))
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
