/// Where somebody begins who comes upon a session in the middle.
public struct Beginning: Hashable, Sendable {
    /// Behind this stands all that is open: the turn that runs, and what waits.
    public var open: Cursor
    /// The last event on disk: behind it comes all that happens from now on.
    public var last: Cursor
    /// The last event of the session itself: whoever has read it has read all of them.
    public var latest: Cursor
    /// The turn that runs; nil for none.
    public var running: Turn.ID?

    /// Nothing is open, and nothing is known of the session, unless told otherwise.
    public init(at last: Cursor, open: Cursor? = nil, latest: Cursor = .start, running: Turn.ID? = nil) {
        (self.open, self.last, self.latest, self.running) = (open ?? last, last, latest, running)
    }
}

extension Core {
    /// Where somebody begins who comes upon `session`, for cores that do not know what is open in it.
    public func beginning(of session: SessionID) async throws -> Beginning {
        Beginning(at: try await position(of: session))
    }
}

extension Hub {
    /// Where somebody begins who comes upon `session`.
    public func beginning(of session: SessionID) async throws -> Beginning {
        // Not before what the last core left open is known; behind this nothing comes between what is read.
        _ = try await append(to: session) { _, _ in [] }
        let last = cursor, state = sessions[session]
        let latest = try await journal.last(of: session)
        guard let state else { return Beginning(at: last, latest: latest) }
        let running = state.running.map { [$0.turn.message.rawValue, $0.turn.id.rawValue] } ?? []
        let first = (running + state.waiting.map(\.id.rawValue)).min().map { Cursor(rawValue: $0 - 1) }
        return Beginning(
            at: last, open: first.map { min($0, last) }, latest: latest, running: state.running?.turn.id)
    }
}
