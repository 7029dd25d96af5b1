extension Hub {
    /// Denies what nobody answers in time, also what was asked before the core started; returns when cancelled.
    ///
    /// Nothing is denied while there is no `approvalTimeout`.
    func denyUnanswered() async {
        do {
            while true {
                let (unchanged, change) = AsyncStream<Never>.makeStream()
                // Before the limit is read: one that changes from now on is read in the next round.
                configured = change
                try await wait(for: try await denyOverdue(), while: unchanged)
            }
        } catch {
            return  // cancelled, or the core is closed
        }
    }

    /// Waits for `pause`, or without one for ever, and no longer than `unchanged` lasts.
    private func wait(for pause: Duration?, while unchanged: AsyncStream<Never>) async throws {
        let clock = configuration.clock
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in unchanged {} }
            if let pause { group.addTask { try await clock.sleep(for: pause) } }
            try await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }

    /// Denies what has waited for as long as the limit allows; returns when to look again, nil for never.
    private func denyOverdue() async throws -> Duration? {
        guard let timeout = configuration.approvalTimeout else { return nil }
        // What is asked from now on is not due earlier than that.
        var pause = timeout
        for state in sessions.values {
            for asked in state.approvals {
                let left = timeout - .milliseconds(asked.age(at: configuration.now()))
                if left > .zero {
                    pause = min(pause, left)
                } else if try await !deny(asked.id, in: state.id) {
                    pause = min(pause, timeout / 4)
                }
            }
        }
        return pause
    }

    /// The sessions in which a script asks and nobody is there any more who could answer.
    var unanswerable: [SessionID] {
        sessions.values.filter { state in
            guard let running = state.running, running.turn.origin == .script, !running.asked.isEmpty else {
                return false
            }
            return !subscribers.canAsk(in: state.id)
        }.map(\.id)
    }

    /// Denies what the running turn of `session` asks.
    func denyAll(in session: SessionID) async {
        let answer = Approval.Answer(
            .deny(reason: "whoever could be asked has left"), by: "the end of the last terminal", basis: .rule)
        for approval in sessions[session]?.running?.asked ?? [] {
            do {
                _ = try await record(answer, to: approval.id, sender: "", in: session)
            } catch {
                return  // The core is closed, or cannot store it: then it stays open.
            }
        }
    }

    /// Denies an approval; returns whether that could be stored.
    private func deny(_ id: Approval.ID, in session: SessionID) async throws -> Bool {
        let answer = Approval.Answer(.deny(reason: "nobody answered in time"), by: "approval.timeout", basis: .rule)
        do {
            _ = try await record(answer, to: id, sender: "", in: session)
            return true
        } catch let error as HubError where error.code == .notStored {
            return false
        }
    }
}
