/// What became of a text for the running turn.
public enum Steered: Hashable, Sendable {
    /// The agent has taken it.
    case taken
    /// It became a message of its own; why it was not taken, nil when no turn was running that could have.
    case accepted(Receipt, because: String?)
}

extension Hub {
    /// Puts a message into the running turn of `session`; with none running, or when the agent cannot take it, the
    /// message waits for a turn of its own.
    ///
    /// When it returns, the message is on disk. Throws ``HubError``; the message is then not stored.
    public func steer(_ message: Message, in session: SessionID) async throws -> Steered {
        guard let control = controls[session], let thread = await control.beginSteering() else {
            let role = try await state(of: session).running?.role
            let reason = role.flatMap { $0.readsOnly ? "the \($0.rawValue) works, and takes no text" : nil }
            return .accepted(try await submit(message, to: session), because: reason)
        }
        do {
            let steered = try await steer(message, in: session, into: thread)
            await control.endSteering()
            return steered
        } catch {
            await control.endSteering()
            throw error
        }
    }

    /// First the intent is on disk, then the agent is told: a crash in between ends the turn like any other, with all
    /// that was said in it.
    private func steer(_ message: Message, in session: SessionID, into thread: any AgentThread) async throws -> Steered
    {
        let committed = try await append(to: session) { cursor, state in
            guard state.accepted(message) == nil else { return [] }
            let id = Message.ID(rawValue: cursor.rawValue)
            return [.accepted(id, message)] + (state.running.map { [.steered($0.turn.id, id)] } ?? [])
        }
        guard let cursor = committed.records.first?.cursor else {
            // Handed in before.
            guard let id = committed.state.accepted(message) else { throw HubError.closed }
            let waits = committed.state.waiting.contains { $0.id == id }
            guard waits else { return .taken }
            return .accepted(Receipt(message: id, ahead: committed.state.ahead(of: id)), because: nil)
        }
        let id = Message.ID(rawValue: cursor.rawValue)
        guard case .steered(let turn, _)? = committed.records.last?.event else {
            return .accepted(Receipt(message: id, ahead: committed.state.ahead(of: id)), because: nil)
        }
        do {
            try await thread.steer(message.text)
            return .taken
        } catch let error as AgentError where error.code != .refused {
            // It may have been heard: it stays with its turn, whose end tells what becomes of both.
            return .taken
        } catch {
            let requeued = try await append(to: session) { _, _ in [.unsteered(turn, id)] }
            let receipt = Receipt(message: id, ahead: requeued.state.ahead(of: id))
            return .accepted(receipt, because: "\(error)")
        }
    }
}
