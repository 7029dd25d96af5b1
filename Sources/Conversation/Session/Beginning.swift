/// Where somebody begins who comes upon a session in the middle.
public struct Beginning: Hashable, Sendable {
    /// Behind this stands all that is open: the turn that runs, and what waits.
    public var open: Cursor
    /// The last event on disk: behind it comes all that happens from now on.
    public var last: Cursor
    /// The turn that runs; nil for none.
    public var running: Turn.ID?

    /// Nothing is open unless told otherwise.
    public init(at last: Cursor, open: Cursor? = nil, running: Turn.ID? = nil) {
        (self.open, self.last, self.running) = (open ?? last, last, running)
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
        let last = cursor
        guard let state = sessions[session] else { return Beginning(at: last) }
        let running = state.running.map { [$0.turn.message.rawValue, $0.turn.id.rawValue] } ?? []
        let first = (running + state.waiting.map(\.id.rawValue)).min().map { Cursor(rawValue: $0 - 1) }
        return Beginning(at: last, open: first.map { min($0, last) }, running: state.running?.turn.id)
    }
}
