/// What waits in each chat to be dealt with, one thing after the other.
///
/// A value. A chat is known as long as somebody deals with it: when nothing waits any more nothing of it is left, however
/// many have written. What waits is as much as there are messages that are kept anyway.
struct ChatQueues<Element: Sendable>: Sendable {
    private var queues: [Int64: ArraySlice<Element>] = [:]

    /// How many chats are known.
    var count: Int { queues.count }

    /// Puts `element` at the end of its chat; true when nobody deals with the chat and somebody has to begin.
    mutating func add(_ element: Element, to chat: Int64) -> Bool {
        guard queues[chat] == nil else {
            queues[chat]?.append(element)
            return false
        }
        queues[chat] = [element]
        return true
    }

    /// The next for whoever deals with `chat`; nil when there is none, which ends that.
    mutating func next(in chat: Int64) -> Element? {
        if let next = queues[chat]?.popFirst() { return next }
        queues[chat] = nil
        return nil
    }

    /// What else waits in `chat` and belongs to what is dealt with, in order.
    mutating func take(in chat: Int64, where isWanted: (Element) -> Bool) -> [Element] {
        let taken = queues[chat]?.filter(isWanted) ?? []
        queues[chat]?.removeAll(where: isWanted)
        return taken
    }
}
