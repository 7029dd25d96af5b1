import Conversation

/// The events of a session for a reader that may be slow: no gap, nothing twice, and little kept for it.
///
/// Old records come in pages, new ones through a stream of the core that is bounded; when the reader falls behind the
/// stream ends, and it goes on in pages after what it has read. When the session was deleted meanwhile, it learns of that.
struct EventFeed: Sendable {
    /// How many old records are read at once.
    static let page = 256
    /// How many new records may wait.
    static let limit = 1024

    private enum Source: Sendable {
        case old([Record])
        case new(AsyncStream<Record>)
    }

    private let hub: Hub
    private let session: SessionID
    private let answers: Bool
    private var bookmark: Bookmark?
    /// What comes next, in order.
    private var sources: [Source] = []

    /// Subscribes to a session.
    ///
    /// When it returns, the reader misses nothing that happens from now on, and is asked if it `answers` and has not
    /// more than a page to catch up on. Throws ``HubError``, and what the journal throws.
    init(of session: SessionID, in hub: Hub, after bookmark: Bookmark?, answers: Bool) async throws {
        self.hub = hub
        self.session = session
        self.answers = answers
        self.bookmark = bookmark
        sources = try await next()
    }

    /// Hands each record to `take`, until the session is deleted, or the core is closed, which throws ``HubError``.
    consuming func forEach(_ take: (Record) async throws -> Void) async throws {
        while true {
            for source in sources {
                switch source {
                case .old(let records):
                    for record in records where try await pass(record, take) { return }
                case .new(let stream):
                    for await record in stream where try await pass(record, take) { return }
                }
            }
            sources = []
            try Task.checkCancellation()
            sources = try await next()
        }
    }

    /// Hands `record` on; returns whether it is the last one.
    private mutating func pass(_ record: Record, _ take: (Record) async throws -> Void) async throws -> Bool {
        try await take(record)
        bookmark = bookmark ?? Bookmark(record.cursor)
        bookmark?.take(record)
        return record.event == .deleted
    }

    /// The next page, and what is new if it is the last one.
    private func next() async throws -> [Source] {
        guard let bookmark else {
            return [.new(try await hub.events(of: session, after: nil, answers: answers, limit: Self.limit))]
        }
        let page = try await hub.backlog(of: session, after: bookmark.cursor, limit: Self.page)
        guard page.count < Self.page else { return [.old(page)] }
        let end = page.reduce(into: bookmark) { $0.take($1) }
        do {
            let new = try await hub.events(of: session, after: end, answers: answers, limit: Self.limit)
            return [.old(page), .new(new)]
        } catch let error as HubError where error.code == .closed && !page.isEmpty {
            // First what is left; the next page is empty.
            return [.old(page)]
        }
    }
}
