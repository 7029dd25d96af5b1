/// What became of the wish to give a message another text.
public enum Revised: Hashable, Sendable {
    /// It has the text, and is answered with it.
    case changed
    /// Its turn runs or has run, or it went into another one, with an earlier text.
    case started
    /// It was dropped, and is not answered.
    case dropped
    /// No message is known by that name.
    case unknown
    /// It waits with the text that it had, since the new one is no message for the agent; why, in one line.
    case unfit(String)
}

extension Hub {
    /// Gives the message that was handed in under `key` another text, as long as it waits for its turn.
    ///
    /// The look and the change are one step of the loop: a turn starts with the new text, or this says that it started.
    /// Whoever does not know what became of a change asks for it again. Throws ``HubError``, and what the journal throws.
    public func revise(_ key: String, to text: String, in session: SessionID) async throws -> Revised {
        let revision = Revision(input(text))
        let committed = try await append(to: session) { _, state in
            guard case .text(let new) = revision,
                // Not the one whose turn is about to start, with the text that it has.
                let waiting = state.behind.first(where: { $0.message.key == key }),
                waiting.isUntried, waiting.message.text != new
            else { return [] }
            return [.revised(waiting.id, new)]
        }
        guard committed.records.isEmpty else {
            try await sync()
            return .changed
        }
        guard let id = committed.state.accepted(under: key) else { return .unknown }
        guard let waiting = committed.state.waiting.first(where: { $0.id == id }), waiting.isUntried else {
            try await sync()
            return try await outcome(of: revision, of: id, in: session)
        }
        switch revision {
        case .text(waiting.message.text):
            try await sync()
            return .changed
        case .text where committed.state.isBusy: return .started
        case .unfit(let reason): return .unfit(reason)
        case .text:
            // It did not wait any more after something that could not be stored with it.
            throw HubError(code: .notStored, description: "could not be stored, so nothing was changed")
        }
    }

    /// What became of a message that waits no more, and was to get the text of `revision`.
    private func outcome(of revision: Revision, of id: Message.ID, in session: SessionID) async throws -> Revised {
        var fate = MessageFate(id)
        try await journal.read(session, after: Cursor(rawValue: id.rawValue - 1)) { record in
            fate.take(record.event)
            return fate.isSettled
        }
        guard !fate.isDropped else { return .dropped }
        return revision == .text(fate.text) ? .changed : .started
    }
}

extension SessionState.Waiting {
    /// Whether no turn has begun to answer it.
    fileprivate var isUntried: Bool { attempt == 1 }
}

/// What a text is as a message that waits.
private enum Revision: Hashable, Sendable {
    case text(String)
    case unfit(String)

    init(_ input: Input) {
        switch input {
        case .message(let text):
            self = text.allSatisfy(\.isWhitespace) ? .unfit("there is no text in it") : .text(text)
        case .command(let command, _):
            self = .unfit("/\(command.rawValue) is a command, which only a new message gives")
        case .mistyped(let name, let meant):
            self = .unfit("/\(name) looks like the command /\(meant.rawValue), which only a new message gives")
        }
    }
}
