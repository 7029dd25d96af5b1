/// What became of a text for the running turn.
public enum Steered: Hashable, Sendable {
    /// The agent has taken it.
    case taken
    /// It was handed in before, and put into a turn that has ended since.
    case ended
    /// It became a message of its own; why it was not taken, nil when no turn was running that could have.
    case accepted(Receipt, because: String?)
}

extension Hub {
    /// Puts a message into the running turn of `session`; with none running, or when the agent cannot take it, the
    /// message waits for a turn of its own.
    ///
    /// One that was handed in before changes nothing: what became of it is told. When it returns, the message is on disk.
    /// Throws ``HubError``; the message is then not stored.
    public func steer(_ message: Message, in session: SessionID) async throws -> Steered {
        if let steered = try await steeredBefore(message, in: session) { return steered }
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
            guard let steered = try await steeredBefore(message, in: session) else { throw HubError.closed }
            return steered
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

    /// What became of a message that was handed in before; nil for a new one.
    private func steeredBefore(_ message: Message, in session: SessionID) async throws -> Steered? {
        guard message.key != nil else { return nil }
        // Behind the end of a turn that a crash has cut off.
        let state = try await append(to: session) { _, _ in [] }.state
        guard let id = state.accepted(message) else { return nil }
        var fate = MessageFate(id)
        if !state.waiting.contains(where: { $0.id == id }) {
            try await journal.read(session, after: Cursor(rawValue: id.rawValue - 1)) { record in
                fate.take(record.event)
                return fate.isSettled
            }
        }
        guard let turn = fate.turn else {
            return .accepted(Receipt(message: id, ahead: state.ahead(of: id)), because: nil)
        }
        return turn == state.running?.turn.id ? .taken : .ended
    }
}
