import Logging

extension Hub {
    /// Commits, applies and publishes all that is in the inbox; returns the turns to run.
    func takeBatch() async throws -> [TurnRunner] {
        if case .maintain(let session, let work, let reply)? = inbox.first {
            inbox.removeFirst()
            await maintain(session, work, reply)
            return []
        }
        let batch = Array(inbox.prefix { !$0.isMaintenance })
        inbox.removeFirst(batch.count)
        var steps: [(entry: HubEntry, records: [Record])] = []
        var failure: HubError?
        do {
            for entry in batch { try await load(entry.session) }
            steps = draft(batch)
            let durable = steps.flatMap(\.records).filter(\.event.isDurable)
            if !durable.isEmpty { try await journal.commit(durable) }
        } catch {
            failure = notStored(because: error)
            if steps.isEmpty { steps = draft(batch) }
        }
        var runners: [TurnRunner] = []
        for (index, (entry, records)) in steps.enumerated() {
            if let failure, records.contains(where: \.event.isDurable) || sessions[entry.session] == nil {
                entry.fail(failure)
            } else {
                await settle(entry, records, into: &runners)
            }
            let isLast = !steps[(index + 1)...].contains { $0.entry.isRecord(of: entry.session) }
            if entry.isRecord(of: entry.session), isLast { startNext(entry.session) }
        }
        if let failure, failure.code == .notStored, batch.contains(where: \.isOwnStep) { throw failure }
        if isDraining, !isBusy { finishDraining() }
        return runners
    }

    /// The records of each entry, made on the states to which those of the entries before it lead.
    ///
    /// Behind the last of a session in which nothing ran stands the start of what waits then: one transaction and one wait
    /// for both. Behind the end of a turn it does not: what is in the inbox by then, as a `/cancel all`, comes first.
    private func draft(_ batch: [HubEntry]) -> [(entry: HubEntry, records: [Record])] {
        var last = cursor
        var drafts: [SessionID: SessionState] = [:]
        var steps: [(entry: HubEntry, records: [Record])] = []
        for (index, entry) in batch.enumerated() {
            guard case .record(let session, let make, _) = entry, let state = drafts[session] ?? sessions[session]
            else {
                steps.append((entry, []))
                continue
            }
            func records(_ make: HubEntry.Make, on state: SessionState) -> [Record] {
                make(last.next, state).map { event in
                    if event.isDurable { last = last.next }
                    return Record(cursor: last, session: session, time: configuration.now(), event: event)
                }
            }
            let made = records(make, on: state)
            steps.append((entry, made))
            let isLast = !batch[(index + 1)...].contains { $0.isRecord(of: session) }
            // The copy would be in vain where nothing looks at it.
            guard !isLast || !state.isBusy else { continue }
            var next = made.reduce(into: state) { $0.apply($1) }
            drafts[session] = next
            guard isLast, mayStart(session), let waiting = next.takeNext() else { continue }
            let start = Self.start(of: waiting)
            steps.append((.record(session, make: start, reply: nil), records(start, on: next)))
        }
        return steps
    }

    private func notStored(because cause: any Error) -> HubError {
        guard !Task.isCancelled else { return .closed }
        logger.error("the journal could not be written", metadata: ["error": "\(cause)"])
        return HubError(code: .notStored, description: "could not be stored, so it was not accepted: \(cause)")
    }

    private func settle(_ entry: HubEntry, _ records: [Record], into runners: inout [TurnRunner]) async {
        switch entry {
        case .record(let session, _, let reply):
            let published = records.map { publish($0, into: &runners) }
            if let state = sessions[session] {
                reply?.resume(returning: HubEntry.Committed(records: published, state: state))
            }
        case .subscribe(let session, let wish, let reply):
            do {
                reply.resume(returning: try await subscribe(session, wish))
            } catch {
                reply.resume(throwing: error)
            }
        case .maintain:
            break  // never in a batch
        case .stop(let session, let target, let cause, let reply):
            // Nothing starts or ends a turn but this loop.
            let running = sessions[session]?.running?.turn
            switch target {
            case .whichever: break
            case .turn(let turn): if running?.id != turn { return reply.resume(returning: nil) }
            case .answer(let message):
                let isMeant = message == running?.message ?? sessions[session]?.starting
                if !isMeant { return reply.resume(returning: nil) }
            }
            if controls[session] == nil, sessions[session]?.isBusy == true {
                // The record that the turn started is in the inbox: first that.
                inbox.append(entry)
                ring.yield()
                return
            }
            guard let control = controls[session] else { return reply.resume(returning: nil) }
            await control.stop(cause)
            reply.resume(returning: running)
        }
    }

    /// Applies `record` and hands it out, at its final place.
    private func publish(_ record: Record, into runners: inout [TurnRunner]) -> Record {
        var record = record
        // A passing event keeps to the last durable one that is on disk.
        if record.event.isDurable { cursor = record.cursor } else { record.cursor = cursor }
        // Only then: a second holder would have each delta copy all that was said.
        var ended: Turn?
        if case .finished = record.event { ended = sessions[record.session]?.running?.turn }
        sessions[record.session, default: SessionState(id: record.session)].apply(record)
        if case .finished(_, let outcome) = record.event, let ended {
            note(outcome, of: ended, at: record.time, in: record.session)
        }
        subscribers.publish(record)
        if case .started(let turn) = record.event, let runner = runner(for: turn, of: record.session) {
            runners.append(runner)
        }
        if case .finished(let turn, _) = record.event {
            controls[record.session] = nil
            // One that ends with its beginning is never worked on.
            runners.removeAll { $0.turn.id == turn }
        }
        return record
    }

    private func subscribe(_ session: SessionID, _ wish: Subscribers.Wish) async throws -> AsyncStream<Record> {
        if let cursor = wish.after?.cursor, let deletion = try await deletion(of: session, after: cursor) {
            // What was said since then is for whoever subscribes behind it.
            return Subscribers.stream(of: deletion)
        }
        var backlog: [Record] = []
        if let after = wish.after {
            backlog = try await journal.records(of: session, .between(after.cursor, cursor))
        }
        if let running = sessions[session]?.running {
            let id = running.turn.id
            // What is asked in it is told again to whoever was not there.
            let asked: [Event] = wish.after == nil ? running.asked.map { .approval(id, $0) } : []
            let start: [Event] = wish.after == nil ? [.started(running.turn)] : []
            let text = wish.after?.rest(of: running.text, in: id) ?? running.text
            let words: [Event] = text.isEmpty ? [] : [.delta(id, text)]
            backlog += (start + words + asked).map { event in
                // Whoever comes late wants to know since when.
                let time = if case .started = event { running.startedAt } else { configuration.now() }
                return Record(cursor: cursor, session: session, time: time, event: event)
            }
        }
        // What waited for somebody to be there.
        if wish.answers { announcing.ring.yield() }
        return subscribers.add(to: session, wish, startingWith: backlog) { [ring, answers = wish.answers] in
            if answers { ring.yield() }
        }
    }

    private func runner(for turn: Turn, of session: SessionID) -> TurnRunner? {
        guard let state = sessions[session] else { return nil }
        let control = TurnControl()
        controls[session] = control
        return TurnRunner(
            hub: self, turn: turn, state: state, control: control, profile: profile(of: state).profile,
            configuration: configuration)
    }

    /// Starts the first waiting message.
    func startNext(_ session: SessionID) {
        guard mayStart(session), let next = sessions[session]?.takeNext() else { return }
        recordOwn(session, Self.start(of: next))
    }

    /// Not while something of the session is still to be recorded: what waits may be dropped.
    private func mayStart(_ session: SessionID) -> Bool {
        !isDraining && !inbox.contains { $0.isRecord(of: session) }
    }

    private static func start(of next: SessionState.Waiting) -> HubEntry.Make {
        { cursor, _ in [.started(Turn(id: Turn.ID(rawValue: cursor.rawValue), next))] }
    }

    func recover() async throws {
        let unfinished = try await journal.unfinished()
        cursor = unfinished.last
        for session in unfinished.sessions where [nil, session].contains(configuration.settlesOnly) {
            // Whoever asked it may come back: the core it was asked of has just gone.
            if session.isQuestion { questions.append(session) } else { try await load(session) }
        }
    }

    /// Reads where `session` stands, and takes up what the last core left open in it.
    private func load(_ session: SessionID) async throws {
        guard sessions[session] == nil else { return }
        let stored = try await journal.state(of: session)
        sessions[session] = stored ?? SessionState(id: session)
        if let stored { takeUp(stored) }
    }

    private func takeUp(_ state: SessionState) {
        let session = state.id
        let isAbandoned = abandoned.contains(session)
        if isAbandoned, !state.waiting.isEmpty {
            recordOwn(session) { _, state in [.dropped(state.waiting.map(\.id))] }
        }
        if let running = state.running {
            let outcome = running.outcomeAfterCrash(
                of: "cm", isAwaited: !isAbandoned, at: configuration.now(), redact: configuration.redact)
            // Whoever has stopped it waits for nothing more.
            if !isAbandoned, !running.isStopping { notifyOfCrash(running, outcome, in: session) }
            recordOwn(session) { cursor, state in
                guard isAbandoned || running.isStopping else {
                    return ApprovalBroker.events(endingAfterCrash: running, with: outcome, at: cursor)
                }
                let reason = isAbandoned ? "the end of cm" : "the end of the turn"
                return ApprovalBroker.withdrawals(of: running.turn.id, in: state, because: reason)
                    + [.finished(running.turn.id, outcome)]
            }
        } else if !isAbandoned {
            startNext(session)
        }
    }

    private func recordOwn(_ session: SessionID, _ make: @escaping HubEntry.Make) {
        inbox.append(.record(session, make: make, reply: nil))
        ring.yield()
    }

    /// The state of a session as it is now.
    func state(of session: SessionID) async throws -> SessionState {
        if sessions[session] == nil, let stored = try await journal.state(of: session) { return stored }
        return sessions[session] ?? SessionState(id: session)
    }
}
