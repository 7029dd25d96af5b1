import Synchronization

/// The readers of each session's events.
struct Subscribers {
    /// What a reader wants.
    struct Wish: Sendable {
        /// Where it stopped before; nil for what happens from now on.
        var after: Bookmark?
        /// Whether it can be asked for approvals.
        var answers: Bool
        /// How many records may wait for it; nil for any number.
        var limit: Int?
        /// Whether it is no terminal.
        var isChat = false
    }

    private struct Reader {
        let records: AsyncStream<Record>.Continuation
        let answers: Bool
        let isChat: Bool
        let end: End
    }

    /// Whether a reader has gone.
    ///
    /// A class with an atomic, because whoever drops a stream does so on any thread.
    final class End: Sendable {
        let hasCome = Atomic(false)
    }

    private var nextID = 0
    private var readers: [SessionID: [Int: Reader]] = [:]

    /// The sessions that somebody reads, or did until just now.
    var sessions: [SessionID] { readers.filter { !$0.value.isEmpty }.map(\.key) }

    /// Whether somebody who reads the events of `session` can be asked.
    func canAsk(in session: SessionID) -> Bool {
        readers[session]?.values.contains { $0.answers && !$0.end.hasCome.load(ordering: .relaxed) } ?? false
    }

    /// Whether somebody at a terminal reads the events of `session`.
    func hasTerminal(in session: SessionID) -> Bool {
        readers[session]?.values.contains {
            $0.answers && !$0.isChat && !$0.end.hasCome.load(ordering: .relaxed)
        } ?? false
    }

    /// A stream of `backlog` and then of what is published.
    ///
    /// It ends when more records wait in it, besides the backlog, than the wish allows.
    /// `whenGone` is called when the reader goes.
    mutating func add(
        to session: SessionID, _ wish: Wish, startingWith backlog: [Record], whenGone: @escaping @Sendable () -> Void
    ) -> AsyncStream<Record> {
        let (stream, records) = AsyncStream.makeStream(
            of: Record.self,
            bufferingPolicy: wish.limit.map { .bufferingOldest(backlog.count + $0) } ?? .unbounded)
        for record in backlog { records.yield(record) }
        let end = End()
        records.onTermination = { _ in
            end.hasCome.store(true, ordering: .relaxed)
            whenGone()
        }
        nextID += 1
        readers[session]?.forEach { id, reader in
            if reader.end.hasCome.load(ordering: .relaxed) { readers[session]?[id] = nil }
        }
        readers[session, default: [:]][nextID] = Reader(
            records: records, answers: wish.answers, isChat: wish.isChat, end: end)
        return stream
    }

    /// A stream that ends behind `record`.
    static func stream(of record: Record) -> AsyncStream<Record> {
        let (stream, records) = AsyncStream.makeStream(of: Record.self, bufferingPolicy: .bufferingOldest(1))
        records.yield(record)
        records.finish()
        return stream
    }

    /// Hands `record` to the readers of its session, and forgets those that have gone or fallen behind.
    mutating func publish(_ record: Record) {
        for (id, reader) in readers[record.session] ?? [:] {
            switch reader.records.yield(record) {
            case .enqueued: continue
            case .dropped: reader.records.finish()
            case .terminated: break
            @unknown default: break
            }
            readers[record.session]?[id] = nil
        }
    }

    /// Hands `record` to the readers of its session as the last one; those that are behind get it when they come again.
    mutating func end(with record: Record) {
        for reader in (readers.removeValue(forKey: record.session) ?? [:]).values {
            reader.records.yield(record)
            reader.records.finish()
        }
    }

    /// Ends all streams.
    mutating func finish() {
        for reader in readers.values.flatMap(\.values) { reader.records.finish() }
        readers = [:]
    }
}
