import Conversation

/// What the key of a message tells of what it shows: see ``ViewContext/scope``.
struct SlotKey: Hashable, Sendable {
    /// The session that it shows; nil for what shows none.
    let session: SessionID?
    /// The start of the key that all parts of one answer share; all of it for what shows no session.
    let whole: Substring
    /// How that is called within its session.
    let name: Substring

    /// Reads `key`; any can be read, whatever the session is called.
    init(_ key: String) {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        let place: Int
        if parts[0] == "offer", let request = parts.lastIndex(where: Self.isRequest), request > 2 {
            place = request
            session = SessionID(rawValue: parts[2..<request].joined(separator: "/"))
        } else if let scope = parts.firstIndex(where: { Self.chatMark(in: $0) != nil }), scope + 1 < parts.count,
            let at = Self.chatMark(in: parts[scope])
        {
            place = scope + 1
            session = SessionID(rawValue: String(key[..<at]))
        } else {
            (session, place) = (nil, parts.count - 1)
        }
        whole = key[..<parts[place].endIndex]
        name = parts[place]
    }

    private static func isRequest(_ part: Substring) -> Bool { part.first == "a" && Int64(part.dropFirst()) != nil }

    /// Where the number of a chat begins, behind the session.
    private static func chatMark(in part: Substring) -> String.Index? {
        part.lastIndex(of: "@").flatMap { Int64(part[$0...].dropFirst()) == nil ? nil : $0 }
    }
}
