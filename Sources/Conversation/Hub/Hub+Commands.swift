extension Hub {
    /// Runs a command.
    ///
    /// Never waits for a turn.
    func run(
        _ command: SlashCommand, _ typed: Arguments, from person: Message, in session: SessionID
    ) async throws -> CommandReply {
        let arguments = typed.words
        func reply(_ text: String, ok: Bool = true) -> CommandReply {
            CommandReply(name: command.rawValue, ok: ok, text: text)
        }
        func misused(_ why: String) -> CommandReply { reply("\(why); usage: \(command.usage)", ok: false) }
        switch (command, arguments.count) {
        case (.start, 0), (.help, 0):
            return reply(try await help(session).text(for: person.origin))
        case (.status, 0):
            return reply(await report(.status, for: session))
        case (.queue, 0):
            return reply(await report(.queue, for: session))
        case (.last, 0):
            return reply(await report(.last, for: session))
        case (.history, 0):
            return reply(await report(.history(10), for: session))
        case (.history, 1):
            guard let count = Int(arguments[0]), (1...1000).contains(count) else {
                return misused("'\(arguments[0])' is no number from 1 to 1000")
            }
            return reply(await report(.history(count), for: session))
        case (.mode, 0):
            return reply("mode: \(mode(of: try await state(of: session)).rawValue)")
        case (.mode, 1):
            guard let mode = Mode(rawValue: arguments[0].lowercased()) else {
                return misused("'\(arguments[0])' is no mode")
            }
            try await change(session, .mode(mode))
            return CommandReply(name: command.rawValue, ok: true, text: "mode: \(mode.rawValue)", change: .mode(mode))
        case (.profile, 0):
            return reply(try await profileList(for: session))
        case (.profile, 1):
            if arguments[0].lowercased() == "list" { return reply(try await profileList(for: session)) }
            return try await chooseProfile(arguments[0], in: session)
        case (.sessions, 0):
            return reply(await report(.sessions, for: session))
        case (.sessions, 1):
            guard arguments[0].lowercased() == "own" else { return misused("'\(arguments[0])' is not 'own'") }
            return reply(try await sessionList(session, ownOf: person))
        case (.attach, 1):
            return try await attach(arguments[0], from: session)
        case (.attach, 0):
            return misused("it needs the name of a session (/sessions)")
        case (.agent, 0):
            return reply(await report(.agents, for: session))
        case (.agent, 1):
            return try await choose(AgentChoice(arguments[0]), in: session)
        case (.new, 0):
            return try await renew(session)
        case (.cancel, 0):
            let hasStopped = try await stop(session, by: person)
            let text = hasStopped ? "stopping the running turn" : "no turn is running"
            return reply(text)
        case (.cancel, 1) where arguments[0].lowercased() == "all":
            return try await cancelAll(in: session, by: person)
        case (.approve, _), (.deny, _), (.answer, _):
            return switch AnswerWords.read(command, typed, redact: configuration.redact) {
            case .success(let words): try await answer(command, words, from: person, in: session)
            case .failure(let misuse): misused(misuse.why)
            }
        case (.usage, _):
            do throws(UsageQuestion.Misuse) {
                return reply(await report(.usage(try UsageQuestion(arguments)), for: session))
            } catch {
                return misused(error.why)
            }
        case (.quiet, _):
            return try await quiet(arguments)
        case (.logs, _), (.diff, _), (.branches, _):
            return await tell(command, arguments, in: session)
        case (.file, 0):
            return misused("it needs the path of a file")
        case (.file, _):
            return try await share(typed.text, from: person, in: session)
        case (.quit, 0):
            return CommandReply(name: command.rawValue, ok: true, text: "", leaves: true)
        case (.edit, _):
            return reply("/edit needs a terminal: it opens your editor in cm chat", ok: false)
        case (.steer, _):
            return misused("there is no text")
        case (.cancel, 1):
            return misused("'\(arguments[0])' is not 'all'")
        case (.history, _), (.mode, _), (.profile, _), (.agent, _), (.cancel, _), (.attach, _), (.sessions, _):
            return misused("/\(command.rawValue) takes one argument at most")
        case (.start, _), (.help, _), (.status, _), (.queue, _), (.last, _), (.new, _), (.quit, _):
            return misused("/\(command.rawValue) takes no argument")
        }
    }

    /// Records a change of a session's settings.
    public func change(_ session: SessionID, _ change: SessionChange) async throws {
        try await append(.changed(change), to: session)
    }

    /// Chooses the agent of a session; refuses a name that no agent has.
    public func choose(_ choice: AgentChoice, in session: SessionID) async throws -> CommandReply {
        if case .named(let name) = choice, !directory.names.contains(name) {
            let known = directory.names + ["auto"]
            let meant = EditDistance.nearest(to: name, among: known, name: { $0.lowercased() })
            let hint = meant.map { "did you mean \($0)?" } ?? known.existing
            return CommandReply(name: "agent", ok: false, text: "\(directory.absence(of: name)); \(hint)")
        }
        try await change(session, .agent(choice))
        let status = await directory.statuses().first { $0.name == "\(choice)" }
        let absence = status.map { $0.isInstalled ? "" : " (\($0.detail))" } ?? ""
        return CommandReply(name: "agent", ok: true, text: "agent: \(choice)\(absence)", change: .agent(choice))
    }

    /// Finds the session that is called `name`, for the front to go to.
    private func attach(_ name: String, from session: SessionID) async throws -> CommandReply {
        let all = try await journal.sessions()
        let found = all.first { $0.id.rawValue == name } ?? all.first { $0.id.shortName == name }
        guard let target = found?.id ?? (name == session.rawValue || name == session.shortName ? session : nil) else {
            let meant = EditDistance.nearest(to: name, among: all, name: { $0.id.shortName.lowercased() })
            let hint = meant.map { "did you mean \($0.id)?" } ?? "/sessions lists them"
            return CommandReply(name: "attach", ok: false, text: "there is no session \(name); \(hint)")
        }
        guard target != session else {
            return CommandReply(name: "attach", ok: true, text: "you are in \(session)")
        }
        var reply = CommandReply(name: "attach", ok: true, text: "attached to \(target)")
        reply.attaches = target
        return reply
    }

    private func renew(_ session: SessionID) async throws -> CommandReply {
        // A message that waits is as good as a turn that runs.
        let committed = try await append(to: session) { _, state in
            guard !state.isBusy, state.waiting.isEmpty else { return [] }
            return ApprovalBroker.withdrawals(of: nil, in: state, because: "/new") + [.changed(.renewed)]
        }
        guard !committed.records.isEmpty else {
            return CommandReply(name: "new", ok: false, text: "a turn is running; /cancel it first, then /new")
        }
        return CommandReply(
            name: "new", ok: true, text: "a new conversation begins (mode: \(configuration.mode.rawValue))",
            change: .renewed)
    }

    private func cancelAll(in session: SessionID, by person: Message) async throws -> CommandReply {
        let committed = try await append(to: session) { _, state in
            state.behind.isEmpty ? [] : [.dropped(state.behind.map(\.id))]
        }
        var count = 0
        if case .dropped(let messages)? = committed.records.first?.event { count = messages.count }
        let hasStopped = try await stop(session, by: person)
        let dropped = "\(count) waiting \(count == 1 ? "message" : "messages") dropped"
        let stopped = hasStopped ? "stopping the running turn" : "no turn is running"
        return CommandReply(
            name: "cancel", ok: true, text: "\(stopped); \(dropped)", untold: count > 0 ? stopped : nil)
    }
}
