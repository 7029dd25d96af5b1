/// The changes of a session's settings that were asked for here: the answers to the commands tell of them.
///
/// The events do not say whose they are. A command is noted before it is handed to the core, since its event may come
/// before its answer.
package struct OwnChanges: Sendable {
    private var expected: [SessionChange] = []

    /// Expects nothing.
    package init() {}

    /// A line that was typed here asks for `change`.
    package mutating func expect(_ change: SessionChange) { expected.append(change) }

    /// It was refused.
    package mutating func forget(_ change: SessionChange) {
        if let index = expected.lastIndex(of: change) { expected.remove(at: index) }
    }

    /// Takes in that `change` has happened; returns whether it was asked for here.
    package mutating func take(_ change: SessionChange) -> Bool {
        guard let index = expected.firstIndex(where: { $0.isSame(as: change) }) else { return false }
        expected.remove(at: index)
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
