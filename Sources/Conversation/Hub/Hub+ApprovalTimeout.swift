extension Hub {
    /// Denies what nobody answers in time, also what was asked before the core started; returns when cancelled.
    ///
    /// Nothing is denied when there is no `approvalTimeout`.
    func denyUnanswered() async {
        guard let timeout = configuration.approvalTimeout else { return }
        do {
            while true {
                try await configuration.clock.sleep(for: try await denyOverdue(timeout))
            }
        } catch {
            return  // cancelled, or the core is closed
        }
    }

    /// Denies what has waited for as long as `timeout`; returns when to look again.
    private func denyOverdue(_ timeout: Duration) async throws -> Duration {
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
