extension Message.Origin {
    /// What people call the place.
    package var place: String { self == .terminal ? "terminal" : rawValue }
}

extension Message {
    /// Who says it and from where, for people: `ann (terminal)`.
    package var signature: String { "\(author) (\(origin.place))" }

    /// Whether the core has written it to the agent, and nobody has said it.
    package var isNote: Bool { origin == .system }

    /// What stands before it where people read it: who said it, from where and, if given, when.
    package func heading(at moment: String? = nil) -> String {
        let place = isNote ? [] : [origin.rawValue]
        let rest = (place + [moment].compactMap(\.self)).joined(separator: ", ")
        return (isNote ? "note to the agent" : author) + (rest.isEmpty ? "" : " (\(rest))")
    }

    /// What people read of it: what was said, and of a note one sentence, since its words are for the agent; see also
    /// ``AgentRemark``.
    package var shown: String { isNote ? "it is told the answer of \(author)" : AgentRemark.shortened(text) }
}

extension Turn {
    /// What people read of the message that it answers.
    package var shown: String { request.shown }
}
