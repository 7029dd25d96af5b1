extension Hub {
    /// Has `body` work on what the journal keeps of `session`, while the core records nothing.
    ///
    /// `body` is told the last cursor in use and returns it, or the last that it used itself. Returns false, and does
    /// nothing, when a turn of the session runs. Whoever reads its events reads on, and what it was is read anew; but when
    /// `body` `deletes` the session they end behind ``Event/deleted``. Throws what `body` throws, and ``HubError``.
    public func maintain(
        _ session: SessionID, deletes: Bool = false,
        _ body: @escaping @Sendable (any Journal, Cursor) async throws -> Cursor
    ) async throws -> Bool {
        try await enter { .maintain(session, HubEntry.Maintenance(deletes: deletes, body: body), $0) }
    }

    /// Runs the work of one entry.
    func maintain(
        _ session: SessionID, _ work: HubEntry.Maintenance, _ reply: CheckedContinuation<Bool, any Error>
    ) async {
        guard sessions[session]?.isBusy != true else { return reply.resume(returning: false) }
        do {
            cursor = try await work.body(journal, cursor)
            sessions[session] = nil
            if work.deletes {
                // A place of its own, which the journal keeps: whoever stopped before it has not read of it.
                cursor = cursor.next
                let deletion = Record(
                    cursor: cursor, session: session, time: configuration.now(), event: .deleted)
                deletions[session] = deletion
                subscribers.end(with: deletion)
            }
            reply.resume(returning: true)
        } catch {
            reply.resume(throwing: error)
        }
    }

    /// The deletion of `session` that somebody who has read up to `cursor` has not read of; nil for none.
    ///
    /// What they have read is gone then, and so is what they would read again. They may have read it from another core:
    /// what was deleted there is in the journal.
    func deletion(of session: SessionID, after cursor: Cursor) async throws -> Record? {
        guard cursor > .start else { return nil }
        if let deletion = deletions[session] { return cursor < deletion.cursor ? deletion : nil }
        guard let place = try await journal.deletion(of: session), cursor < place else { return nil }
        // When that was is not kept: it is told now.
        return Record(cursor: place, session: session, time: configuration.now(), event: .deleted)
    }
}
