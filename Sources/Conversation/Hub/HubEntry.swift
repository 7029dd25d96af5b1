/// What waits for the loop of the ``Hub``.
enum HubEntry {
    /// An event to record; `make` is told its cursor. No `reply` means that it is a step of the core's own.
    case record(SessionID, make: @Sendable (Cursor) -> Event, reply: CheckedContinuation<Committed, any Error>?)
    case subscribe(SessionID, after: Cursor?, CheckedContinuation<AsyncStream<Record>, any Error>)
    case stop(SessionID, StopCause, CheckedContinuation<Bool, any Error>)

    /// A record that is on disk (when durable) and published, and the state it led to.
    struct Committed: Sendable {
        var record: Record
        var state: SessionState
    }

    var session: SessionID {
        switch self {
        case .record(let session, _, _), .subscribe(let session, _, _), .stop(let session, _, _): session
        }
    }

    /// Whether nobody waits for it but the core itself.
    var isOwnStep: Bool {
        if case .record(_, _, nil) = self { true } else { false }
    }

    func fail(_ error: any Error) {
        switch self {
        case .record(_, _, let reply): reply?.resume(throwing: error)
        case .subscribe(_, _, let reply): reply.resume(throwing: error)
        case .stop(_, _, let reply): reply.resume(throwing: error)
        }
    }
}
