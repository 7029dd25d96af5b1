extension RunningTurn {
    /// The end of the turn, given what its workflow came to and why it was stopped, if it was.
    ///
    /// `redact`, here and below, takes secrets out of what is quoted.
    func outcome(
        _ result: WorkResult, stoppedBy cause: StopCause?, limit: Duration, at now: Timestamp,
        redact: (String) -> String
    ) -> Outcome {
        var outcome = Outcome(
            status: .ok, text: result.text, durationMs: now.milliseconds(since: startedAt), usage: result.usage,
            agent: result.agent, review: result.review, said: text == result.text || text.isEmpty ? nil : text)
        switch (result.ending, cause) {
        case (.success(.completed), _):
            break
        case (_, .person(let by)?):
            outcome.status = .cancelled
            outcome.stoppedBy = by
        case (_, .timeout?):
            outcome.status = .interrupted
            outcome.error = TurnError(kind: .timeout, message: "stopped after the time limit of \(limit)")
        case (.success(.failed(let error)), nil):
            outcome.status = .error
            outcome.error = error
        case (.success(.interrupted), nil):
            outcome.status = .interrupted
            outcome.error = TurnError(kind: .process, message: "the agent stopped the turn by itself")
        case (.failure(let error), nil):
            fail(&outcome, error, redact)
        }
        return outcome
    }

    private func fail(_ outcome: inout Outcome, _ error: any Error, _ redact: (String) -> String) {
        outcome.status = .error
        guard let error = error as? AgentError else {
            outcome.error = TurnError(kind: .internal, message: "\(error)")
            return
        }
        switch error.code {
        case .died:
            crash(&outcome, "\(error)", redact)
        case .unavailable:
            outcome.error = TurnError(kind: .process, message: "\(error)")
        case .refused:
            outcome.error = TurnError(kind: .refused, message: "\(error)")
        }
    }

    /// The end of a turn during which `program` died: it runs again once if it had not acted, its answer is awaited and
    /// nobody has stopped it.
    func outcomeAfterCrash(
        of program: String, isAwaited: Bool = true, at now: Timestamp, redact: (String) -> String
    ) -> Outcome {
        var outcome = Outcome(status: .error, text: text, durationMs: now.milliseconds(since: startedAt))
        outcome.usage = stages.dropFirst(turn.progress.count).reduce(Usage()) { $0 + $1.usage }
        guard !isStopping else {
            (outcome.status, outcome.stoppedBy) = (.cancelled, stoppedBy)
            return outcome
        }
        crash(&outcome, "\(program) stopped while this turn ran", redact)
        guard !isAwaited, outcome.runsAgain else { return outcome }
        outcome.runsAgain = false
        outcome.error?.message = "\(program) stopped while this turn ran, and nobody waits for its answer any more"
        return outcome
    }

    /// The end of a turn that an end of the core in good order cuts off before it has acted: it runs again, and may do so
    /// once more after a crash.
    ///
    /// nil for one that has acted or that a person has stopped: it is closed by the next core, like after a crash.
    func outcomeAfterOrderlyEnd(at now: Timestamp, redact: (String) -> String) -> Outcome? {
        guard !hasActed, !isStopping else { return nil }
        var outcome = Outcome(status: .error, text: text, durationMs: now.milliseconds(since: startedAt))
        outcome.usage = stages.dropFirst(turn.progress.count).reduce(Usage()) { $0 + $1.usage }
        crash(&outcome, "cm was told to end while this turn ran", redact, isSpared: true)
        return outcome
    }

    private func crash(
        _ outcome: inout Outcome, _ what: String, _ redact: (String) -> String, isSpared: Bool = false
    ) {
        switch (hasActed, isSpared ? 1 : turn.attempt - turn.spared) {
        case (true, _):
            outcome.status = .interrupted
            outcome.error = TurnError(kind: .process, message: "\(what). \(deeds(redact))")
        case (false, 1):
            outcome.status = .interrupted
            outcome.runsAgain = true
            outcome.isSpared = isSpared
            let next =
                if let role {
                    "it goes on with the \(role.rawValue)"
                } else if stages.isEmpty {
                    "it had not acted and runs again"
                } else {
                    "its work was done, and its answer follows"
                }
            outcome.error = TurnError(kind: .process, message: "\(what); \(next)")
        case (false, _) where hasActedBefore:
            outcome.status = .interrupted
            let work = doneList.isEmpty ? "the developer's work" : "what was done (\(doneList))"
            outcome.error = TurnError(
                kind: .process,
                message: "\(what), for the second time, and \(work) stays. Check the result, then say how to go on.")
        case (false, _):
            outcome.status = .error
            outcome.error = TurnError(kind: .process, message: "\(what), for the second time; it is not tried again")
        }
    }

    /// What was done before a crash, and how to go on.
    private func deeds(_ redact: (String) -> String) -> String {
        func names(_ approvals: [Approval]) -> String {
            // Secrets have to be whole to be found.
            approvals.map { "\($0.id) (\(redact($0.request.title).headline(80)))" }.joined(separator: ", ")
        }
        let list = doneList.isEmpty ? "an approval was asked for" : doneList
        var waits: [String] = []
        if !untold.isEmpty {
            let allowed = names(untold)
            waits.append("You had allowed \(allowed), and it may not have heard of it: it is told once more.")
        }
        if let first = asked.first {
            let one = first.request.kind == .question ? "/answer" : "/approve"
            waits.append(
                "It waits for your answer to \(names(asked)): \(one) \(first.id) lets it go on, /deny closes it.")
        }
        guard waits.isEmpty else { return waits.joined(separator: " ") }
        guard unheard.isEmpty else {
            return """
                \(names(unheard)) had been allowed, and it may not have heard of it. Check the result, then say how \
                to go on.
                """
        }
        return "It was not repeated, because it had acted: \(list). Check the result, then say how to go on."
    }

    /// What was done, the last five; empty for nothing.
    private var doneList: String {
        let done = actions.filter(\.acts).map { "\($0.title) (\(fate(of: $0)))" }
        let more = done.count > 5 ? "\(done.count - 5) earlier actions; " : ""
        return more + done.suffix(5).joined(separator: "; ")
    }

    /// What became of an action: agents also call started or failed what they only asked for.
    private func fate(of action: Action) -> String {
        guard action.status != .completed else { return action.status.rawValue }
        if asked.contains(where: { $0.request.concerns(action) }) { return "asked, not run" }
        let refusal = refused.last { $0.request.concerns(action) }?.answer
        guard let refusal else { return action.status.rawValue }
        return refusal.basis == .withdrawal ? "asked, not run" : "denied, not run"
    }
}
