import Conversation

/// What a message of the bot shows of a session, as its key tells: see ``ViewContext/scope``.
struct ShownPlace: Hashable, Sendable {
    /// What is shown.
    enum Part: Hashable, Sendable {
        /// What an agent asks: in full, in the short message by which people hear of it, or in its file.
        case approval(Approval.ID)
        /// A turn: its progress, its answer or its end.
        case turn(Turn.ID)
    }

    let session: SessionID
    let part: Part

    /// Reads `key`; nil for a message that shows something else.
    init?(_ key: String) {
        guard let (scope, name) = Self.parts(of: key), let session = Self.session(of: scope),
            let number = Int64(name.dropFirst()), number > 0
        else { return nil }
        self.session = session
        switch name.first {
        case "a": part = .approval(Approval.ID(rawValue: number))
        case "t": part = .turn(Turn.ID(rawValue: number))
        default: return nil
        }
    }

    /// The scope, and the name of what is shown: the end of the key holds `a7`, `a7/call`, `t5/1` and the like.
    private static func parts(of key: String) -> (scope: Substring, name: Substring)? {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return nil }
        let isAlone =
            parts.count == 2 || parts[parts.count - 1].first == "a" && Int64(parts[parts.count - 1].dropFirst()) != nil
        let name = parts[parts.count - (isAlone ? 1 : 2)]
        return (key[..<name.startIndex].dropLast(), name)
    }

    private static func session(of scope: Substring) -> SessionID? {
        if scope.hasPrefix("offer/") {
            let rest = scope.dropFirst("offer/".count)
            return rest.firstIndex(of: "/").map { SessionID(rawValue: String(rest[rest.index(after: $0)...])) }
        }
        return scope.lastIndex(of: "@").map { SessionID(rawValue: String(scope[..<$0])) }
    }
}
