extension Hub {
    /// Writes down of the turns that the end of this core has cut off before they acted that they run again, and that it
    /// was no crash.
    ///
    /// For who has ended it in good order, once ``run()`` has returned. Turns that had acted are left to the next core, and
    /// so are the questions of processes that may have ended with this one.
    /// Throws when the journal cannot be written: then it is as after a crash.
    public func spareCutOffTurns() async throws {
        guard !controls.isEmpty else { return }
        var (last, _) = try await journal.unfinished()
        var records: [Record] = []
        for session in controls.keys.sorted(by: { $0.rawValue < $1.rawValue }) where !session.isQuestion {
            // What counts is what the next core will read.
            guard let running = try await journal.state(of: session)?.running,
                let outcome = running.outcomeAfterOrderlyEnd(
                    at: configuration.now(), redact: configuration.redact)
            else { continue }
            last = last.next
            records.append(
                Record(
                    cursor: last, session: session, time: configuration.now(),
                    event: .finished(running.turn.id, outcome)))
        }
        if !records.isEmpty { try await journal.commit(records) }
    }
}
