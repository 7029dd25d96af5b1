/// Something that happened in a session.
///
/// All fronts of a session see the same events in the same order.
public enum Event: Hashable, Sendable {
    /// A message is on disk and waits.
    case accepted(Message.ID, Message)
    /// A message that waits has another text from now on.
    case revised(Message.ID, String)
    /// Waiting messages were dropped unanswered, at a person's wish.
    case dropped([Message.ID])
    case started(Turn)
    /// A waiting message goes into the running turn instead of a turn of its own.
    case steered(Turn.ID, Message.ID)
    /// The agent did not take the message into its turn: it waits again.
    case unsteered(Turn.ID, Message.ID)
    /// A person, called `by` where that is known, wants the running turn to end, of which its agent is told: whatever
    /// happens, it does not run again.
    case stopping(Turn.ID, by: String?)
    /// The agent said more. All deltas of a turn, joined, are what it said in all its messages.
    case delta(Turn.ID, String)
    case action(Turn.ID, Action)
    case approval(Turn.ID, Approval)
    /// A stage of plan mode is over.
    case stage(Turn.ID, StageReport)
    case finished(Turn.ID, Outcome)
    case changed(SessionChange)
    /// A file is handed to the people who are attached.
    case shared(SharedFile)
    case notice(Notice)
    /// The session and all that was said in it was deleted: nothing follows, and what is said in it begins a new one.
    case deleted

    /// Whether the event is kept on disk.
    ///
    /// The others pass by: what they add up to is in a later durable event.
    public var isDurable: Bool {
        switch self {
        case .accepted, .dropped, .started, .steered, .unsteered, .stopping, .action, .approval, .stage, .finished,
            .changed, .shared, .revised:
            true
        case .delta, .notice, .deleted: false
        }
    }
}

/// A remark to the people attached to a session.
public struct Notice: Hashable, Sendable {
    /// How much it matters.
    public enum Level: String, Sendable {
        case info, warn, error
    }

    /// How much it matters.
    public var level: Level
    /// What is said, one line.
    public var text: String
    /// What it tells of a notification; nil for any other notice.
    public var announced: Announced?

    /// Creates a notice from its parts.
    public init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }

    /// What people are told when their session was deleted.
    package static let deleted = Notice(
        .warn, "this session was deleted, with all that was said in it; what is said from now on begins anew")
}
