import Logging

/// The proof that a message is on disk.
public struct Receipt: Hashable, Sendable {
    /// The name the message was given.
    public var message: Message.ID
    /// How many messages are before it, the one being worked on included; 0 when its turn starts now.
    public var ahead: Int

    /// Creates a receipt from its parts.
    public init(message: Message.ID, ahead: Int) {
        self.message = message
        self.ahead = ahead
    }
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
        let receipt = try await accept(message, in: session)
        try await sync()
        return receipt
    }

    /// Returns when what was recorded before survives a crash of the machine.
    ///
    /// A disk that does not take it ends the core, and throws ``HubError/lost``: the next one knows what is there.
    /// Agents have begun by then: a turn takes longer than the disk to do anything.
    func sync() async throws {
        do {
            try await journal.sync()
        } catch {
            logger.error("the disk does not take the journal", metadata: ["error": "\(error)"])
            fail(error)
            throw HubError.lost
        }
    }

    func accept(_ message: Message, in session: SessionID) async throws -> Receipt {
        let committed = try await append(to: session) { cursor, state in
            state.accepted(message) == nil ? [.accepted(Message.ID(rawValue: cursor.rawValue), message)] : []
        }
        guard
            let id = committed.records.first.map({ Message.ID(rawValue: $0.cursor.rawValue) })
                ?? committed.state.accepted(message)
        else { throw HubError.closed }
        return Receipt(message: id, ahead: committed.state.ahead(of: id))
    }

    /// Takes what somebody typed: a command is answered at once, all else is submitted.
    ///
    /// Throws ``HubError`` when something could not be stored.
    public func handle(_ message: Message, in session: SessionID) async throws -> Handled {
        let start = configuration.now()
        let handled = try await take(message, in: session)
        if case .replied(let reply) = handled {
            await note(reply, to: message.text, since: start, in: session)
        }
        try await sync()
        return handled
    }

    private func take(_ message: Message, in session: SessionID) async throws -> Handled {
        switch input(message.text) {
        case .message(let text):
            var message = message
            message.text = text
            guard configuration.steersWhenBusy else { return .accepted(try await accept(message, in: session)) }
            return try await handleSteering(message, in: session)
        case .command(.steer, let arguments) where !arguments.isEmpty:
            var message = message
            message.text = arguments.text
            return try await handleSteering(message, in: session)
        case .command(let command, let arguments):
            return .replied(try await run(command, arguments, from: message, in: session))
        case .mistyped(let name, let meant):
            let text = "unknown command /\(name); did you mean \(meant.usage)? (//\(name) sends it to the agent)"
            return .replied(CommandReply(name: name, ok: false, text: text))
        }
    }

    /// What a text means that somebody typed.
    nonisolated func input(_ text: String) -> Input {
        Input(isProfileCommand(text) ? "/" + text.trimmingPrefix(while: \.isWhitespace) : text)
    }

    private func handleSteering(_ message: Message, in session: SessionID) async throws -> Handled {
        switch try await steer(message, in: session) {
        case .taken:
            return .replied(CommandReply(name: "steer", ok: true, text: "put into the running turn"))
        case .ended:
            let text = "put into the running turn, which has ended since"
            return .replied(CommandReply(name: "steer", ok: true, text: text))
        case .accepted(let receipt, nil):
            return .accepted(receipt)
        case .accepted(let receipt, let reason?):
            let place = receipt.ahead == 0 ? "it runs next" : "it waits, \(receipt.ahead) before it"
            return .replied(CommandReply(name: "steer", ok: true, text: "\(reason); \(place)"))
        }
    }
}
