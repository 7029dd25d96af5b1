extension Hub {
    /// Stops the running turn of `session`, or only `turn` when that is given; returns whether it ran.
    ///
    /// The agent hears of it at once. When this returns it is also on disk: whatever happens now, the turn does not run
    /// again. Its end arrives as an event. No other turn starts between the look and the stop.
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
        for session in sessions.keys { told[session] = try await tell(session, turn: nil, nil) }
        for (session, turn) in told where try await !note(stopOf: turn, by: nil, in: session) {
            _ = try await stop(session, by: nil)
        }
        if !told.isEmpty { try await sync() }
    }

    /// Does what ``interrupt(_:turn:by:)`` does for whoever goes on with ``sync()``.
    func stop(_ session: SessionID, turn: Turn.ID? = nil, by person: Message?) async throws -> Bool {
        let by = person?.signature
        guard let told = try await tell(session, turn: turn, by) else { return false }
        if try await note(stopOf: told, by: by, in: session) { return true }
        // Whoever means whatever runs means its repetition, too; there is one at most.
        return turn == nil ? try await stop(session, by: person) : false
    }

    /// Has the agent end its turn; returns which one that is, nil when the turn does not run.
    private func tell(_ session: SessionID, turn: Turn.ID?, _ by: String?) async throws -> Turn? {
        try await enter { .stop(session, turn, .person(by: by), $0) }
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
