extension Hub {
    /// Stops the running turn of `session`, or only the attempt that answers the message of `turn` when that is given;
    /// returns whether there was one.
    ///
    /// A turn that a crash has ended, and whose message runs again, means its repetition; one that has not begun yet never
    /// does. The agent hears of it at once. When this returns it is also on disk: whatever happens now, the message does not
    /// run again. Its end arrives as an event. No other turn starts between the look and the stop.
    /// `person` is who stops it, nil where that is not known.
    public func interrupt(_ session: SessionID, turn: Turn.ID?, by person: Message?) async throws -> Bool {
        guard try await stop(session, turn: turn, by: person) else { return false }
        try await sync()
        return true
    }

    /// Stops the running turns of all sessions.
    public func interruptAll() async throws {
        var told: [SessionID: Turn] = [:]
        // None of them waits for the disk.
        for session in sessions.keys { told[session] = try await tell(session, .whichever, nil) }
        for (session, turn) in told where try await !note(stopOf: turn, by: nil, in: session) {
            _ = try await stop(session, by: nil)
        }
        if !told.isEmpty { try await sync() }
    }

    /// Does what ``interrupt(_:turn:by:)`` does for whoever goes on with ``sync()``.
    func stop(_ session: SessionID, turn: Turn.ID? = nil, by person: Message?) async throws -> Bool {
        let by = person?.signature
        guard let turn else { return try await stop(session, .whichever, by) }
        if try await stop(session, .turn(turn), by) { return true }
        // Which message it answers never changes: that is read beside the loop.
        guard let message = try await message(of: turn, in: session) else { return false }
        return try await stop(session, .answer(to: message), by)
    }

    private func stop(_ session: SessionID, _ target: HubEntry.StopTarget, _ by: String?) async throws -> Bool {
        guard let told = try await tell(session, target, by) else {
            guard case .answer(let message) = target else { return false }
            return try await end(message, in: session, by: by)
        }
        if try await note(stopOf: told, by: by, in: session) { return true }
        // Its agent had died: whoever means it means its repetition, too; there is one at most.
        return try await stop(session, target == .whichever ? .whichever : .answer(to: told.message), by)
    }

    /// The message that `turn` of `session` answers or has answered; nil when it is none of its turns.
    private func message(of turn: Turn.ID, in session: SessionID) async throws -> Message.ID? {
        let place = Cursor(rawValue: turn.rawValue)
        guard
            case .started(let started)? = try await journal.records(
                of: session, .first(1, after: Cursor(rawValue: turn.rawValue - 1))
            ).first(where: { $0.cursor == place })?.event
        else { return nil }
        return started.message
    }

    /// Has an attempt to answer `message`, which waits to run again, end where it would begin, without any agent; returns
    /// whether there was one.
    ///
    /// It waits where no turn starts any more, or for a moment.
    private func end(_ message: Message.ID, in session: SessionID, by: String?) async throws -> Bool {
        let committed = try await append(to: session) { cursor, state in
            guard !state.isBusy, let waiting = state.waiting.first, waiting.id == message else { return [] }
            let turn = Turn(id: Turn.ID(rawValue: cursor.rawValue), waiting)
            return [.started(turn), .finished(turn.id, Outcome(status: .cancelled, stoppedBy: by))]
        }
        guard committed.records.isEmpty else { return true }
        // It began since the look.
        guard message == committed.state.running?.turn.message ?? committed.state.starting else { return false }
        return try await stop(session, .answer(to: message), by)
    }

    /// Has the agent end its turn; returns which one that is, nil when the turn that is meant does not run.
    private func tell(_ session: SessionID, _ target: HubEntry.StopTarget, _ by: String?) async throws -> Turn? {
        try await enter { .stop(session, target, .person(by: by), $0) }
    }

    /// Records that `turn` is to end, unless its end is on disk already; returns false when that came before, by a crash of
    /// the agent after which the message runs again.
    private func note(stopOf turn: Turn, by: String?, in session: SessionID) async throws -> Bool {
        let committed = try await append(to: session) { _, state in
            guard let running = state.running, running.turn.id == turn.id, !running.isStopping else { return [] }
            return [.stopping(turn.id, by: by)]
        }
        let state = committed.state
        guard let running = state.running, running.turn.id == turn.id else {
            return state.running?.turn.message != turn.message && !state.waiting.contains { $0.id == turn.message }
        }
        // Otherwise it was about to be recorded that the turn has ended, which could not be stored.
        guard running.isStopping else { throw HubError.lost }
        return true
    }
}
