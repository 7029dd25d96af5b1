/// Runs one turn from its start to its recorded end.
struct TurnRunner: Sendable {
    let hub: Hub
    let turn: Turn
    /// The session when the turn started.
    let state: SessionState
    let control: TurnControl
    let profile: Profile
    let configuration: HubConfiguration

    private enum Part: Sendable {
        case worked(WorkResult)
        case stopWhileOpening(Bool)
        case timedOut(Bool)
    }

    /// Returns when the end is on disk.
    ///
    /// When the task is cancelled, the turn stays open in the journal. When something of it cannot be recorded, the
    /// core ends.
    func run() async {
        let result = await work()
        guard !Task.isCancelled else { return }
        do {
            if case .failure(let error as HubError) = result.ending { throw error }
            await control.close()
            let cause = await control.cause
            _ = try await hub.append(to: state.id) { [turn, configuration] cursor, state in
                guard let running = state.running else { return [] }
                // Somebody may have stopped it since: that is on disk, and they are told so.
                let cause = cause ?? (running.isStopping ? .person(by: running.stoppedBy) : nil)
                let outcome = running.outcome(
                    result, stoppedBy: cause, limit: configuration.turnTimeout, at: configuration.now(),
                    redact: configuration.redact)
                if result.hasDied, cause == nil {
                    return ApprovalBroker.events(endingAfterCrash: running, with: outcome, at: cursor)
                }
                return ApprovalBroker.withdrawals(of: turn.id, in: state, because: "the end of the turn")
                    + [.finished(turn.id, outcome)]
            }
        } catch let error as HubError where error.code == .closed {
            // The core ends, which is no failure: the turn stays open for the next one.
        } catch {
            await hub.fail(error)
        }
    }

    private func work() async -> WorkResult {
        await withTaskGroup(of: Part.self) { group in
            group.addTask {
                var work = TurnWork(
                    TurnContext(
                        hub: hub, turn: turn, state: state, control: control, configuration: configuration,
                        profile: profile))
                return .worked(await work.run())
            }
            group.addTask { .stopWhileOpening(await control.carryStops()) }
            group.addTask { .timedOut(await outlastLimit()) }
            group.addTask {
                await tellOfSilence()
                return .timedOut(false)
            }
            defer { group.cancelAll() }
            for await part in group {
                switch part {
                case .worked(let result): return result
                case .stopWhileOpening(let isOpening): if isOpening { group.cancelAll() }
                case .timedOut(let isDue): if isDue { await control.stop(.timeout) }
                }
            }
            return WorkResult(ending: .failure(CancellationError()))
        }
    }
}

extension TurnRunner {
    /// Returns true when the turn has taken longer than it may, false when it ended before.
    ///
    /// Time spent waiting for a person does not count.
    private func outlastLimit() async -> Bool {
        var counted: Int64 = 0
        var left = configuration.turnTimeout
        do {
            while true {
                try await configuration.clock.sleep(for: left)
                guard let running = try await hub.state(of: state.id).running, running.turn.id == turn.id else {
                    return false
                }
                let waited = running.waited(until: configuration.now())
                guard waited > counted || running.isWaitingForPerson else { return true }
                // At least a second: it may wait since this moment.
                left = .milliseconds(max(waited - counted, running.isWaitingForPerson ? 1000 : 1))
                counted = waited
            }
        } catch {
            return false  // cancelled, because the turn ended before
        }
    }

    /// Says once per silence that nothing was heard of the agent for long; returns when cancelled.
    private func tellOfSilence() async {
        let limit = Int64(configuration.silentAfter / .milliseconds(1))
        var told: Timestamp?
        do {
            while true {
                try await configuration.clock.sleep(for: configuration.silentAfter / 2)
                guard let running = try await hub.state(of: state.id).running, running.turn.id == turn.id,
                    running.lastEventAt != told, !running.isWaitingForPerson,
                    configuration.now().milliseconds(since: running.lastEventAt) >= limit
                else { continue }
                told = running.lastEventAt
                let silence = Elapsed(configuration.now().milliseconds(since: running.lastEventAt))
                let text = "nothing was heard of the agent for \(silence); /cancel stops the turn"
                try await hub.append(.notice(Notice(.warn, text)), to: state.id)
            }
        } catch {
            return  // cancelled, because the turn has ended
        }
    }
}

/// What a workflow has to show at the end of a turn.
struct WorkResult: Sendable {
    /// How the agent ended, or what kept it from it.
    var ending: Result<AgentResult, any Error>
    /// The agent's last message, as far as it came.
    var text = ""
    var usage = Usage()
    var agent: String?
    var review: Review?

    /// Whether the agent's program died in the turn.
    var hasDied: Bool {
        guard case .failure(let error as AgentError) = ending else { return false }
        return error.code == .died
    }
}
