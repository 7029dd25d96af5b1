import Conversation

/// What the key of a message tells of what it shows: see ``ViewContext/scope``.
struct SlotKey: Hashable, Sendable {
    /// The session that it shows; nil for what shows none.
    let session: SessionID?
    /// The start of the key that all parts of one answer share; all of it for what shows no session.
    let whole: Substring
    /// How that is called within its session.
    let name: Substring

    /// Reads `key`; any can be read.
    init(_ key: String) {
        let parts = key.split(separator: "/", maxSplits: 4, omittingEmptySubsequences: false)
        let place: Int
        if let at = parts[0].lastIndex(of: "@"), parts.count > 1 {
            (session, place) = (SessionID(rawValue: String(parts[0][..<at])), 1)
        } else if parts[0] == "offer", parts.count > 3 {
            (session, place) = (SessionID(rawValue: String(parts[2])), 3)
        } else {
            (session, place) = (nil, parts.count - 1)
        }
        whole = key[..<parts[place].endIndex]
        name = parts[place]
    }
}
