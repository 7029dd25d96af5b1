/// The readers of each session's events.
struct Subscribers {
    private var nextID = 0
    private var readers: [SessionID: [Int: AsyncStream<Record>.Continuation]] = [:]

    /// The sessions that somebody reads, or did until just now.
    var sessions: [SessionID] { readers.filter { !$0.value.isEmpty }.map(\.key) }

    /// A stream of `backlog` and then of what is published.
    ///
    /// Unbounded: what piles up is what agents said meanwhile.
    mutating func add(to session: SessionID, startingWith backlog: [Record]) -> AsyncStream<Record> {
        let (stream, continuation) = AsyncStream.makeStream(of: Record.self, bufferingPolicy: .unbounded)
        for record in backlog { continuation.yield(record) }
        nextID += 1
        readers[session, default: [:]][nextID] = continuation
        return stream
    }

    /// Hands `record` to the readers of its session, and forgets those that have gone.
    mutating func publish(_ record: Record) {
        for (id, reader) in readers[record.session] ?? [:] {
            if case .terminated = reader.yield(record) { readers[record.session]?[id] = nil }
        }
    }

    /// Ends all streams.
    mutating func finish() {
        for reader in readers.values.flatMap(\.values) { reader.finish() }
        readers = [:]
    }
}
