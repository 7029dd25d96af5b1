extension Hub: Operations {
    /// The answer to `query`; when the journal cannot be read, that it cannot.
    public func report(_ query: Query, for session: SessionID) async -> String {
        do {
            switch query {
            case .help: return try await help(session).table
            case .status: return try await status(session)
            case .queue: return try await queue(session)
            case .history(let count): return try await history(session, turns: count)
            case .last: return try await lastAnswer(session)
            case .agents: return try await agents(session)
            case .sessions: return try await sessionList(session)
            case .usage(let question): return try await usage(question, session)
            case .surroundings(let question): return await report(question, for: session)
            }
        } catch {
            return "the journal could not be read: \(error)"
        }
    }

    /// What can be typed in `session`, and how it stands.
    func help(_ session: SessionID) async throws -> HelpText {
        let state = try await state(of: session)
        let profile = profile(of: state).profile
        return HelpText(
            version: configuration.version,
            standing: [
                "session \(session)", "mode \(mode(of: state).rawValue)", "profile \(profile.name)",
                "agent \(state.agent)", directory(profile),
            ])
    }

    private func status(_ session: SessionID) async throws -> String {
        let state = try await state(of: session)
        let profile = profile(of: state).profile
        let now = configuration.now()
        var lines = [
            "session    \(session) · mode \(mode(of: state).rawValue) · profile \(profile.name) · agent \(state.agent)"
        ]
        if let running = state.running {
            lines.append(
                """
                running    \(configuration.line(running.turn.shown, 60)) · \(Elapsed(now.milliseconds(since: running.startedAt)))\
                \(running.role.map { " · \($0.rawValue)" } ?? "")\
                \(running.activity.map { " · \(configuration.line($0.title, 40))" } ?? "") · \(silence(of: running, at: now))
                """)
        } else {
            lines.append("running    nothing")
        }
        lines.append("waiting    \(state.waiting.count)")
        lines += state.approvals.map { approval in
            "asked      \(approval.id) \(approval.request.kind.rawValue): \(configuration.line(approval.request.title, 80)) · "
                + "\(Elapsed(approval.age(at: now))) ago"
        }
        if let last = state.last {
            let reason = last.error.map { " (\($0.kind.rawValue): \(configuration.line($0.message, 120)))" } ?? ""
            let reviews = last.review.map { " · \($0.result.rawValue) in review round \($0.rounds)" } ?? ""
            lines.append("last run   \(last.status.rawValue) in \(Elapsed(last.durationMs))\(reviews)\(reason)")
        }
        lines += await directory.statuses().map { "agent      \($0.line)" }
        lines.append("directory  \(directory(profile))")
        return lines.joined(separator: "\n")
    }

    /// Where agents and people of a session with `profile` work.
    func directory(_ profile: Profile) -> String { profile.workingDirectory ?? configuration.workingDirectory }

    /// Silence is explained, never guessed.
    private func silence(of running: RunningTurn, at now: Timestamp) -> String {
        if let asked = running.asked.first { return "waiting for you (\(asked.id))" }
        let silence = now.milliseconds(since: running.lastEventAt)
        let isSilent = silence >= Int64(configuration.silentAfter / .milliseconds(1))
        return isSilent ? "silent for \(Elapsed(silence))" : "working, last event \(Elapsed(silence)) ago"
    }

    private func queue(_ session: SessionID) async throws -> String {
        let state = try await state(of: session)
        func line(_ message: Message) -> String {
            (message.isNote ? message.heading() + ": " : "") + configuration.line(message.shown, 80)
        }
        var lines = state.running.map { ["running: \(line($0.turn.request))"] } ?? []
        lines += state.waiting.enumerated().map { "\($0.offset + 1). \(line($0.element.message))" }
        return lines.isEmpty ? "nothing waits" : lines.joined(separator: "\n")
    }

    private func history(_ session: SessionID, turns: Int) async throws -> String {
        let history = History(try await journal.records(of: session, .lastTurns(turns)), at: configuration.now())
        return history.lines.isEmpty ? "nothing was said yet" : history.lines.joined(separator: "\n")
    }

    private func lastAnswer(_ session: SessionID) async throws -> String {
        let records = try await journal.records(of: session, .lastTurns(20))
        for record in records.reversed() {
            if case .finished(_, let outcome) = record.event, !outcome.text.isEmpty { return outcome.text }
        }
        return "there is no answer yet"
    }

    /// The sessions as a list, or only those of whoever wrote `asker` in `current`.
    func sessionList(_ current: SessionID, ownOf asker: Message? = nil) async throws -> String {
        let now = configuration.now()
        let all = try await journal.sessions().filter { session in
            asker.map { session.id.person == $0.person ?? current.person } ?? true
        }
        let shown = all.filter { !$0.id.isQuestion || $0.isRunning || $0.waiting > 0 }
        var lines = shown.map { session in
            let mode = session.mode ?? configuration.mode
            let turns = "\(session.turns) \(session.turns == 1 ? "turn" : "turns")"
            return (session.id == current ? "* " : "- ")
                + "\(session.id) · \(session.activity) · mode \(mode.rawValue) · agent \(session.agent) · \(turns) · "
                + "\(Elapsed(now.milliseconds(since: session.updated))) ago"
        }
        if all.count > shown.count {
            let questions = all.count - shown.count
            lines.append("  and \(questions) \(questions == 1 ? "question" : "questions") of cm ask (cm session list)")
        }
        return lines.isEmpty ? "there are no sessions yet" : lines.joined(separator: "\n")
    }

    private func agents(_ session: SessionID) async throws -> String {
        let choice = try await state(of: session).agent
        let lines = await directory.statuses().map { ($0.name == "\(choice)" ? "* " : "- ") + $0.line }
        return "agent: \(choice)\n" + lines.joined(separator: "\n")
    }
}
