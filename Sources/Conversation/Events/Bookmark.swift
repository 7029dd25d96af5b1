/// Where a reader of a session's events has stopped.
///
/// A fold of what was read: whoever subscribes after it gets what is missing and nothing twice.
public struct Bookmark: Hashable, Sendable {
    /// The last durable event that was read.
    public var cursor: Cursor
    /// The turn of which text was read last; nil for none that is under way.
    public var turn: Turn.ID?
    /// How much of its text was read, in bytes of UTF-8.
    public var heard: Int

    /// A place behind `cursor`; nothing was heard of the turn under way, unless told otherwise.
    public init(_ cursor: Cursor, turn: Turn.ID? = nil, heard: Int = 0) {
        self.cursor = cursor
        self.turn = turn
        self.heard = heard
    }

    /// Before the first event.
    public static let start = Bookmark(.start)

    /// Takes in that `record` was read.
    public mutating func take(_ record: Record) {
        cursor = max(cursor, record.cursor)
        switch record.event {
        case .started(let turn):
            guard turn.id != self.turn else { break }
            (self.turn, heard) = (turn.id, 0)
        case .delta(let id, let text):
            if id != turn { (turn, heard) = (id, 0) }
            heard += text.utf8.count
        case .finished, .deleted:
            (turn, heard) = (nil, 0)
        case .accepted, .dropped, .steered, .unsteered, .stopping, .action, .approval, .stage, .changed, .shared,
            .notice,
            .revised:
            break
        }
    }

    /// What of `text`, all that was said in the turn `id`, was not read.
    func rest(of text: String, in id: Turn.ID) -> String {
        guard id == turn else { return text }
        return String(decoding: text.utf8.dropFirst(heard), as: UTF8.self)
    }
}
