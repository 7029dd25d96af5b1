/// Keeps what must survive.
///
/// A port: the storage conforms.
public protocol Journal: UsageLedger {
    /// Writes `records`, all durable and in order, in one transaction.
    ///
    /// When it returns they survive the end of the process, and a crash of the machine soon after: see ``sync()``. When
    /// it throws none of them is kept.
    func commit(_ records: [Record]) async throws

    /// Returns when all that was committed before survives a crash of the machine, too.
    ///
    /// Whoever acknowledges something waits for this; what follows from it has begun by then. Throws when the disk does
    /// not take it.
    func sync() async throws

    /// The last cursor in use, and the sessions that have waiting messages, an open turn or an open approval.
    func unfinished() async throws -> (last: Cursor, sessions: [SessionID])

    /// Where a session stands; nil for one that has no record.
    func state(of session: SessionID) async throws -> SessionState?

    /// The last record of a session; the start for one that has none.
    func last(of session: SessionID) async throws -> Cursor

    /// All sessions, the one with the latest activity first.
    func sessions() async throws -> [SessionListing]

    /// Forgets a session and all that was said in it, as an act with a place of its own in the order of everything: the
    /// one behind the last in use. No place is used twice.
    func delete(_ session: SessionID) async throws

    /// The place of the last deletion of `session`, also of one from before the start; nil for none.
    func deletion(of session: SessionID) async throws -> Cursor?

    /// The records of a session that `selection` asks for, in order.
    func records(of session: SessionID, _ selection: RecordSelection) async throws -> [Record]
}

/// Which records of a session to read.
public enum RecordSelection: Hashable, Sendable {
    /// Those after the first cursor up to and including the second.
    case between(Cursor, Cursor)
    /// At most so many, the first behind the cursor.
    case first(Int, after: Cursor)
    /// Those of the last so many turns that were started, with what was said and without what was done.
    case lastTurns(Int)
}
