/// What waits for the loop of the ``Hub``.
enum HubEntry {
    /// Events to record together, or none; `make` is told the cursor of the first and the state they are added to.
    ///
    /// No `reply` means that it is a step of the core's own.
    case record(SessionID, make: Make, reply: CheckedContinuation<Committed, any Error>?)
    case subscribe(SessionID, Subscribers.Wish, CheckedContinuation<AsyncStream<Record>, any Error>)
    /// Work on what is kept of a session, with nothing else going on; see ``Hub/maintain(_:deletes:_:)``.
    case maintain(SessionID, Maintenance, CheckedContinuation<Bool, any Error>)
    /// Stops the turn that runs, if it is the one that is meant; answered with the one that was told to end.
    case stop(SessionID, StopTarget, StopCause, CheckedContinuation<Turn?, any Error>)

    /// Which turn is to be stopped.
    enum StopTarget: Hashable, Sendable {
        case whichever
        case turn(Turn.ID)
        /// The one that answers this message, whichever attempt it is.
        case answer(to: Message.ID)
    }

    /// What is done to what is kept of a session.
    struct Maintenance: Sendable {
        /// Whether the session is gone then.
        var deletes: Bool
        var body: @Sendable (any Journal, Cursor) async throws -> Cursor
    }

    typealias Make = @Sendable (Cursor, SessionState) -> [Event]

    /// Records that are on disk (when durable) and published, and the state they led to.
    struct Committed: Sendable {
        var records: [Record]
        var state: SessionState
    }

    var session: SessionID {
        switch self {
        case .record(let session, _, _), .subscribe(let session, _, _), .stop(let session, _, _, _),
            .maintain(let session, _, _):
            session
        }
    }

    /// Whether it records something of `session`.
    func isRecord(of session: SessionID) -> Bool {
        if case .record(session, _, _) = self { true } else { false }
    }

    var isMaintenance: Bool {
        if case .maintain = self { true } else { false }
    }

    /// Whether nobody waits for it but the core itself.
    var isOwnStep: Bool {
        if case .record(_, _, nil) = self { true } else { false }
    }

    func fail(_ error: any Error) {
        switch self {
        case .record(_, _, let reply): reply?.resume(throwing: error)
        case .subscribe(_, _, let reply): reply.resume(throwing: error)
        case .stop(_, _, _, let reply): reply.resume(throwing: error)
        case .maintain(_, _, let reply): reply.resume(throwing: error)
        }
    }
}
