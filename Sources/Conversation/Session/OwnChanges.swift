/// The changes of a session's settings that were asked for here: the answers to the commands tell of them.
///
/// The events do not say whose they are. So a change is expected from before its command is handed to the core, since its
/// event may come before its answer, until the answer says whether an event comes of it at all. Of equal changes as many
/// are hidden as were made here, never more.
package struct OwnChanges: Sendable {
    private struct Expected {
        var change: SessionChange
        /// Whether the answer has come, and tells of the change.
        var isMade = false
        /// The place of the event that was taken for it before the answer.
        var taken: Cursor?
    }

    private var expected: [Expected] = []

    /// Expects nothing.
    package init() {}

    /// A line that was typed here asks for `change`.
    package mutating func expect(_ change: SessionChange) { expected.append(Expected(change: change)) }

    /// What the line came to is known: `made` is the change that came of it, nil for none.
    ///
    /// Returns what was hidden all the same, and where: somebody else has made it.
    package mutating func settle(
        _ change: SessionChange, made: SessionChange?
    ) -> (change: SessionChange, cursor: Cursor)? {
        guard let index = expected.firstIndex(where: { !$0.isMade && $0.change == change }) else { return nil }
        guard made?.isSame(as: change) == true else {
            // It may be that of another command here.
            return expected.remove(at: index).taken.flatMap { take(change, at: $0) ? nil : (change, $0) }
        }
        if expected[index].taken != nil { expected.remove(at: index) } else { expected[index].isMade = true }
        return nil
    }

    /// Takes in that `change` has happened at `cursor`; returns whether it counts as asked for here.
    package mutating func take(_ change: SessionChange, at cursor: Cursor) -> Bool {
        let open = expected.indices.filter { expected[$0].taken == nil && expected[$0].change.isSame(as: change) }
        // What is known to come first: only of the others it may turn out that they do not.
        guard let index = open.first(where: { expected[$0].isMade }) ?? open.first else { return false }
        if expected[index].isMade { expected.remove(at: index) } else { expected[index].taken = cursor }
        return true
    }
}

extension SessionChange {
    /// The change that a typed line asks for; nil for none.
    package init?(typed text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        // `profile NAME` is a command without the slash, too.
        guard let first = words.first?.lowercased(), first.hasPrefix("/") || first == "profile" else { return nil }
        let name = first.drop { $0 == "/" }.prefix { $0 != "@" }
        switch (name, words.count) {
        case ("mode", 2):
            guard let mode = Mode(rawValue: words[1].lowercased()) else { return nil }
            self = .mode(mode)
        case ("agent", 2): self = .agent(AgentChoice(words[1]))
        case ("profile", 2): self = .profile(words[1])
        case ("new", 1): self = .renewed
        default: return nil
        }
    }

    /// One line for people; nil for what is no concern of theirs.
    package var line: String? {
        switch self {
        case .mode(let mode): "mode: \(mode.rawValue)"
        case .agent(let choice): "agent: \(choice)"
        case .profile(let name): "profile: \(name)"
        case .renewed: "a new conversation begins"
        case .thread: nil
        }
    }

    /// Names of profiles are found in any case.
    fileprivate func isSame(as other: SessionChange) -> Bool {
        guard case .profile(let name) = self, case .profile(let otherName) = other else { return self == other }
        return name.lowercased() == otherName.lowercased()
    }
}
