import Logging

extension Hub {
    /// Commits, applies and publishes all that is in the inbox; returns the turns to run.
    func takeBatch() async throws -> [TurnRunner] {
        let batch = inbox
        inbox = []
        var last = cursor
        var made: [Record?] = []
        for entry in batch {
            guard case .record(let session, let make, _) = entry else {
                made.append(nil)
                continue
            }
            let event = make(last.next)
            if event.isDurable { last = last.next }
            made.append(Record(cursor: last, session: session, time: configuration.now(), event: event))
        }
        var failure: HubError?
        do {
            for entry in batch { try await load(entry.session) }
            let durable = made.compactMap(\.self).filter(\.event.isDurable)
            if !durable.isEmpty { try await journal.commit(durable) }
        } catch {
            failure = notStored(because: error)
        }
        var runners: [TurnRunner] = []
        for (entry, record) in zip(batch, made) {
            if let failure, record?.event.isDurable ?? false || sessions[entry.session] == nil {
                entry.fail(failure)
            } else {
                await settle(entry, record, into: &runners)
            }
        }
        if let failure, failure.code == .notStored, batch.contains(where: \.isOwnStep) { throw failure }
        if isDraining, !isBusy { finishDraining() }
        return runners
    }

    private func notStored(because cause: any Error) -> HubError {
        guard !Task.isCancelled else { return .closed }
        logger.error("the journal could not be written", metadata: ["error": "\(cause)"])
        return HubError(code: .notStored, description: "could not be stored, so it was not accepted: \(cause)")
    }

    private func load(_ session: SessionID) async throws {
        guard sessions[session] == nil else { return }
        sessions[session] = try await journal.state(of: session) ?? SessionState(id: session)
    }

    private func settle(_ entry: HubEntry, _ record: Record?, into runners: inout [TurnRunner]) async {
        switch entry {
        case .record(let session, _, let reply):
            guard var record else { return }
            // A passing event keeps to the last durable one that is on disk.
            if record.event.isDurable { cursor = record.cursor } else { record.cursor = cursor }
            sessions[session, default: SessionState(id: session)].apply(record)
            subscribers.publish(record)
            if let state = sessions[session] {
                reply?.resume(returning: HubEntry.Committed(record: record, state: state))
            }
            if case .started(let turn) = record.event, let runner = runner(for: turn, of: session) {
                runners.append(runner)
            }
            if case .finished = record.event { controls[session] = nil }
            startNext(session)
        case .subscribe(let session, let after, let reply):
            do {
                reply.resume(returning: try await subscribe(session, after: after))
            } catch {
                reply.resume(throwing: error)
            }
        case .stop(let session, let cause, let reply):
            if controls[session] == nil, sessions[session]?.isBusy == true {
                // The record that the turn started is in the inbox: first that.
                inbox.append(entry)
                ring.yield()
                return
            }
            await controls[session]?.stop(cause)
            reply.resume(returning: controls[session] != nil)
        }
    }

    private func subscribe(_ session: SessionID, after: Cursor?) async throws -> AsyncStream<Record> {
        var backlog: [Record] = []
        if let after {
            backlog = try await journal.records(of: session, .between(after, cursor))
        }
        if let running = sessions[session]?.running {
            let start: [Event] = after == nil ? [.started(running.turn)] : []
            let words: [Event] = running.text.isEmpty ? [] : [.delta(running.turn.id, running.text)]
            backlog += (start + words).map {
                Record(cursor: cursor, session: session, time: configuration.now(), event: $0)
            }
        }
        return subscribers.add(to: session, startingWith: backlog)
    }

    private func runner(for turn: Turn, of session: SessionID) -> TurnRunner? {
        guard let state = sessions[session] else { return nil }
        let control = TurnControl()
        controls[session] = control
        return TurnRunner(hub: self, turn: turn, state: state, control: control, configuration: configuration)
    }

    func startNext(_ session: SessionID) {
        guard !isDraining, let next = sessions[session]?.takeNext() else { return }
        recordOwn(session) { .started(Turn(id: Turn.ID(rawValue: $0.rawValue), next)) }
    }

    func recover() async throws {
        let unfinished = try await journal.unfinished()
        cursor = unfinished.last
        for session in unfinished.sessions where [nil, session].contains(configuration.settlesOnly) {
            try await load(session)
            guard let state = sessions[session] else { continue }
            if session.isQuestion, !state.waiting.isEmpty {
                recordOwn(session) { [ids = state.waiting.map(\.id)] _ in .dropped(ids) }
            }
            if let running = state.running {
                let outcome = running.outcomeAfterCrash(
                    of: "cm", isAwaited: !session.isQuestion, at: configuration.now())
                recordOwn(session) { _ in .finished(running.turn.id, outcome) }
            } else if !session.isQuestion {
                startNext(session)
            }
        }
    }

    private func recordOwn(_ session: SessionID, _ make: @escaping @Sendable (Cursor) -> Event) {
        inbox.append(.record(session, make: make, reply: nil))
        ring.yield()
    }

    /// The state of a session as it is now.
    func state(of session: SessionID) async throws -> SessionState {
        if sessions[session] == nil, let stored = try await journal.state(of: session) { return stored }
        return sessions[session] ?? SessionState(id: session)
    }
}
