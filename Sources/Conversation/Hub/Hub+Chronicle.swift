extension Hub {
    /// Tells the chronicle that `turn` is over, unless its message runs again: that is not answered yet.
    func note(_ outcome: Outcome, of turn: Turn, at time: Timestamp, in session: SessionID) {
        guard let chronicle = configuration.chronicle, !outcome.runsAgain, let state = sessions[session] else { return }
        chronicle.note(
            Exchange(
                session: session, time: time, turn: turn.id, kind: .text, input: turn.text, outcome: outcome,
                standing: standing(of: state)))
    }

    /// Tells the chronicle what was answered to `input` without a turn, which was typed at `start`.
    func note(_ reply: CommandReply, to input: String, since start: Timestamp, in session: SessionID) async {
        guard let chronicle = configuration.chronicle else { return }
        // The command is done, whether or not the journal can still be read.
        guard let state = try? await state(of: session) else { return }
        let end = configuration.now()
        let outcome = Outcome(
            status: reply.ok ? .ok : .error, text: reply.ok ? reply.text : "",
            durationMs: end.milliseconds(since: start),
            error: reply.ok ? nil : TurnError(kind: .refused, message: reply.text))
        chronicle.note(
            Exchange(
                session: session, time: end, kind: reply.name == SlashCommand.steer.rawValue ? .steer : .command,
                input: input, outcome: outcome, standing: standing(of: state)))
    }

    private func standing(of state: SessionState) -> Standing {
        let profile = profile(of: state).profile
        return Standing(
            mode: mode(of: state), profile: profile,
            workingDirectory: profile.workingDirectory ?? configuration.workingDirectory, agent: state.agent,
            last: state.last)
    }
}
