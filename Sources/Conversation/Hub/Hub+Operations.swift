extension Hub: Operations {
    /// The answer to `query`; when the journal cannot be read, that it cannot.
    public func report(_ query: Query, for session: SessionID) async -> String {
        do {
            switch query {
            case .help: return try await help(session)
            case .status: return try await status(session)
            case .queue: return try await queue(session)
            case .history(let count): return try await history(session, turns: count)
            case .last: return try await lastAnswer(session)
            case .agents: return try await agents(session)
            }
        } catch {
            return "the journal could not be read: \(error)"
        }
    }

    private func help(_ session: SessionID) async throws -> String {
        let state = try await state(of: session)
        let width = SlashCommand.allCases.map(\.usage.count).max() ?? 0
        let commands = SlashCommand.allCases.map { command in
            let padding = String(repeating: " ", count: width - command.usage.count)
            return "  \(command.usage)\(padding)  \(command.summary)"
        }
        return """
            cm \(configuration.version): talk to coding agents. What you type goes to the agent, except commands:
            \(commands.joined(separator: "\n"))
            Any other /word goes to the agent, and //word always does.
            session \(session) · mode \(state.mode.rawValue) · agent \(state.agent) · \(configuration.workingDirectory)
            """
    }

    private func status(_ session: SessionID) async throws -> String {
        let state = try await state(of: session)
        let now = configuration.now()
        var lines = ["session    \(session) · mode \(state.mode.rawValue) · agent \(state.agent)"]
        if let running = state.running {
            let silence = now.milliseconds(since: running.lastEventAt)
            let isSilent = silence >= Int64(configuration.silentAfter / .milliseconds(1))
            lines.append(
                """
                running    \(running.turn.text.headline(60)) · \(Elapsed(now.milliseconds(since: running.startedAt)))\
                \(running.activity.map { " · \($0.title.headline(40))" } ?? "") · \
                \(isSilent ? "silent for" : "working, last event") \(Elapsed(silence))\(isSilent ? "" : " ago")
                """)
        } else {
            lines.append("running    nothing")
        }
        lines.append("waiting    \(state.waiting.count)")
        if let last = state.last {
            let reason = last.error.map { " (\($0.kind.rawValue): \($0.message.headline(120)))" } ?? ""
            lines.append("last run   \(last.status.rawValue) in \(Elapsed(last.durationMs))\(reason)")
        }
        lines += await directory.statuses().map { "agent      \($0.line)" }
        lines.append("directory  \(configuration.workingDirectory)")
        return lines.joined(separator: "\n")
    }

    private func queue(_ session: SessionID) async throws -> String {
        let state = try await state(of: session)
        var lines = state.running.map { ["running: \($0.turn.text.headline(80))"] } ?? []
        lines += state.waiting.enumerated().map { "\($0.offset + 1). \($0.element.message.text.headline(80))" }
        return lines.isEmpty ? "nothing waits" : lines.joined(separator: "\n")
    }

    private func history(_ session: SessionID, turns: Int) async throws -> String {
        let now = configuration.now()
        let lines = try await journal.records(of: session, .lastTurns(turns)).compactMap { record -> String? in
            let age = "\(Elapsed(now.milliseconds(since: record.time))) ago"
            switch record.event {
            case .started(let turn):
                return "\(turn.author) (\(turn.origin.rawValue), \(age)): \(turn.text)"
            case .finished(_, let outcome):
                let failure = outcome.error.map { " [\(outcome.status.rawValue): \($0.message)]" } ?? ""
                let mark = outcome.status == .cancelled ? " [cancelled]" : failure
                return "\(outcome.agent ?? "agent"):\(mark) \(outcome.text)"
            case .accepted, .dropped, .delta, .action, .approval, .changed, .notice:
                return nil
            }
        }
        return lines.isEmpty ? "nothing was said yet" : lines.joined(separator: "\n")
    }

    private func lastAnswer(_ session: SessionID) async throws -> String {
        let records = try await journal.records(of: session, .lastTurns(20))
        for record in records.reversed() {
            if case .finished(_, let outcome) = record.event, !outcome.text.isEmpty { return outcome.text }
        }
        return "there is no answer yet"
    }

    private func agents(_ session: SessionID) async throws -> String {
        let choice = try await state(of: session).agent
        let lines = await directory.statuses().map { ($0.name == "\(choice)" ? "* " : "- ") + $0.line }
        return "agent: \(choice)\n" + lines.joined(separator: "\n")
    }
}
