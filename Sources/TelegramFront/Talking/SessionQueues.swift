import Conversation

/// What waits in each conversation to be dealt with, one thing after the other.
///
/// A value. A conversation is known as long as somebody deals with it: when nothing waits any more nothing of it is left,
/// however many have written. What waits is as much as there are messages that are kept anyway.
struct SessionQueues<Element: Sendable>: Sendable {
    /// How something stands to what is before and behind it.
    enum Pace: Hashable, Sendable {
        /// Behind all that is before it.
        case steady
        /// The same, and it may take minutes.
        case slow
        /// It passes what is slow, and what waits for that.
        case passing
        /// Somebody else deals with it, ahead of all: only what is behind it waits for that.
        case ahead
    }

    /// Something, with its pace.
    struct Entry: Sendable {
        var element: Element
        var pace: Pace
    }

    private struct Queue: Sendable {
        var waiting: ArraySlice<Entry>
        /// Where to what passes goes, while something slow is dealt with.
        var way: AsyncStream<Element>.Continuation?
    }

    private var queues: [SessionID: Queue] = [:]

    /// How many conversations are known.
    var count: Int { queues.count }

    /// Puts `element` at the end of its conversation, or onto the way that is open; true when nobody deals with the
    /// conversation and somebody has to begin.
    mutating func add(_ element: Element, _ pace: Pace = .steady, to session: SessionID) -> Bool {
        // In place: a queue that is held meanwhile is copied, with all that waits.
        guard queues[session] != nil else {
            queues[session] = Queue(waiting: [Entry(element: element, pace: pace)])
            return true
        }
        if pace == .passing, let way = queues[session]?.way {
            way.yield(element)
        } else {
            queues[session]?.waiting.append(Entry(element: element, pace: pace))
        }
        return false
    }

    /// The next for whoever deals with `session`; nil when there is none, which ends that.
    mutating func next(in session: SessionID) -> Entry? {
        if let next = queues[session]?.waiting.popFirst() { return next }
        queues[session] = nil
        return nil
    }

    /// Takes out what else waits in `session` and belongs to what is dealt with, which `takes` is asked in order, until it
    /// says nil, and up to what is dealt with ahead: that is not about what comes behind it.
    mutating func take(in session: SessionID, where takes: (Element) -> Bool?) {
        guard let waiting = queues[session]?.waiting else { return }
        var passed: [Entry] = [], asked = 0
        for entry in waiting {
            guard entry.pace != .ahead, let isTaken = takes(entry.element) else { break }
            asked += 1
            if !isTaken { passed.append(entry) }
        }
        guard passed.count < asked else { return }
        queues[session]?.waiting = passed + waiting.dropFirst(asked)
    }

    /// Until ``closeWay(in:)`` all that passes goes to `way`, first what waits already; somebody deals with `session`.
    mutating func open(_ way: AsyncStream<Element>.Continuation, in session: SessionID) {
        guard var queue = queues[session] else { return }
        for entry in queue.waiting where entry.pace == .passing { way.yield(entry.element) }
        queue.waiting.removeAll { $0.pace == .passing }
        queue.way = way
        queues[session] = queue
    }

    /// What passes waits in its place again.
    mutating func closeWay(in session: SessionID) {
        queues[session]?.way?.finish()
        queues[session]?.way = nil
    }
}
