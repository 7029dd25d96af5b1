/// Runs one turn from its start to its recorded end.
struct TurnRunner: Sendable {
    let hub: Hub
    let turn: Turn
    /// The session when the turn started.
    let state: SessionState
    let control: TurnControl
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
            guard let running = try await hub.state(of: state.id).running else { return }
            let outcome = running.outcome(
                result, stoppedBy: await control.cause, limit: configuration.turnTimeout, at: configuration.now())
            _ = try await hub.append(to: state.id) { [turn] _ in .finished(turn.id, outcome) }
        } catch {
            await hub.fail(error)
        }
    }

    private func work() async -> WorkResult {
        await withTaskGroup(of: Part.self) { group in
            group.addTask {
                var workflow = SingleWorkflow(hub: hub, turn: turn, state: state, control: control)
                return .worked(await workflow.run())
            }
            group.addTask { .stopWhileOpening(await control.carryStops()) }
            group.addTask {
                do {
                    try await configuration.clock.sleep(for: configuration.turnTimeout)
                    return .timedOut(true)
                } catch {
                    return .timedOut(false)  // cancelled, because the turn ended before
                }
            }
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
    /// Says once per silence that nothing was heard of the agent for long; returns when cancelled.
    private func tellOfSilence() async {
        let limit = Int64(configuration.silentAfter / .milliseconds(1))
        var told: Timestamp?
        do {
            while true {
                try await configuration.clock.sleep(for: configuration.silentAfter / 2)
                guard let running = try await hub.state(of: state.id).running, running.turn.id == turn.id,
                    running.lastEventAt != told, configuration.now().milliseconds(since: running.lastEventAt) >= limit
                else { continue }
                told = running.lastEventAt
                let silence = Elapsed(configuration.now().milliseconds(since: running.lastEventAt))
                let text = "nothing was heard of the agent for \(silence); /cancel stops the turn"
                _ = try await hub.append(to: state.id) { _ in .notice(Notice(.warn, text)) }
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
}
