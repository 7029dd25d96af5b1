/// The keys of the messages that a session accepted last.
///
/// Long enough a memory for whoever hands a message in again: that is done at once or not at all.
public struct RecentKeys: Sendable {
    /// How many are remembered.
    public static let limit = 256

    private var ids: [String: Message.ID] = [:]
    /// Oldest first.
    private var order: [String] = []

    /// No keys.
    public init() {}

    /// The message that had `key`; nil for none.
    subscript(key: String) -> Message.ID? { ids[key] }

    /// Remembers that the message `id` had `key`.
    public mutating func add(_ key: String, _ id: Message.ID) {
        guard ids.updateValue(id, forKey: key) == nil else { return }
        order.append(key)
        guard order.count > Self.limit else { return }
        ids[order.removeFirst()] = nil
    }
}
