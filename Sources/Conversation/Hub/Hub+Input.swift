/// The proof that a message is on disk.
public struct Receipt: Hashable, Sendable {
    /// The name the message was given.
    public var message: Message.ID
    /// How many messages are before it, the one being worked on included; 0 when its turn starts now.
    public var ahead: Int
}

/// What became of something typed.
public enum Handled: Hashable, Sendable {
    case accepted(Receipt)
    case replied(CommandReply)
}

extension Hub {
    /// Takes a message for the agent of `session`.
    ///
    /// When it returns, the message is on disk.
    ///
    /// Throws ``HubError``; the message is then not stored.
    public func submit(_ message: Message, to session: SessionID) async throws -> Receipt {
        guard !isDraining else { throw HubError.closed }
        let committed = try await append(to: session) { .accepted(Message.ID(rawValue: $0.rawValue), message) }
        let ahead = committed.state.waiting.count - 1 + (committed.state.running == nil ? 0 : 1)
        return Receipt(message: Message.ID(rawValue: committed.record.cursor.rawValue), ahead: ahead)
    }

    /// Takes what somebody typed: a command is answered at once, all else is submitted.
    ///
    /// Throws ``HubError`` when something could not be stored.
    public func handle(_ message: Message, in session: SessionID) async throws -> Handled {
        switch Input(message.text) {
        case .message(let text):
            var message = message
            message.text = text
            return .accepted(try await submit(message, to: session))
        case .command(let command, let arguments):
            return .replied(try await run(command, arguments, in: session))
        case .mistyped(let name, let meant):
            let text = "unknown command /\(name); did you mean \(meant.usage)? (//\(name) sends it to the agent)"
            return .replied(CommandReply(name: name, ok: false, text: text))
        }
    }

    /// Stops the running turn of `session`; returns whether there was one.
    ///
    /// Its end arrives as an event.
    public func interrupt(_ session: SessionID) async throws -> Bool {
        try await stop(session, .person)
    }

    /// Stops the running turns of all sessions.
    public func interruptAll() async throws {
        for session in sessions.keys { _ = try await interrupt(session) }
    }
}
