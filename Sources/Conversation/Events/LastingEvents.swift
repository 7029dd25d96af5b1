extension Core {
    /// The events of a session from now on, for whoever stays in it when it is deleted: behind ``Event/deleted`` comes
    /// what is said in it then.
    ///
    /// With a `bookmark` it begins there. Ends with the core.
    public func lastingEvents(
        of session: SessionID, after bookmark: Bookmark? = nil, answers: Bool = false
    ) async throws -> AsyncStream<Record> {
        let stream = try await events(of: session, after: bookmark, answers: answers)
        let events = LastingEvents(beginningWith: stream) { place in
            try await self.events(of: session, after: place, answers: answers)
        }
        return AsyncStream { await events.next() }
    }

    /// The same behind `bookmark`, as ``chatEvents(of:after:)`` tells them.
    public func lastingChatEvents(
        of session: SessionID, after bookmark: Bookmark
    ) async throws -> AsyncStream<Record> {
        let stream = try await chatEvents(of: session, after: bookmark)
        let events = LastingEvents(beginningWith: stream) { place in
            try await self.chatEvents(of: session, after: place)
        }
        return AsyncStream { await events.next() }
    }
}

/// The events of one session over its deletions, for one reader.
///
/// An actor, because a stream's reader may go from one task to another.
private actor LastingEvents {
    private let read: @Sendable (Bookmark) async throws -> AsyncStream<Record>
    private var stream: AsyncStream<Record>
    /// Where the session was deleted, when that was the last that was read.
    private var deletion: Cursor?

    init(
        beginningWith stream: AsyncStream<Record>,
        behind read: @escaping @Sendable (Bookmark) async throws -> AsyncStream<Record>
    ) {
        (self.stream, self.read) = (stream, read)
    }

    /// The next record; nil when there will be none, or the task is cancelled.
    func next() async -> Record? {
        if let deletion {
            guard let anew = await events(behind: deletion) else { return nil }
            (stream, self.deletion) = (anew, nil)
        }
        var iterator = stream.makeAsyncIterator()
        let record = await iterator.next()
        if case .deleted? = record?.event { deletion = record?.cursor }
        return record
    }

    /// What comes behind a deletion; nil when the core has gone, and so have its events, or nothing can be read.
    private func events(behind deletion: Cursor) async -> AsyncStream<Record>? {
        for attempt in 1...5 {
            do {
                return try await read(Bookmark(deletion))
            } catch let error where error is CancellationError || (error as? HubError)?.code == .closed {
                return nil
            } catch {
                // Read once more, since nobody hears of the failure.
                do { try await Task.sleep(for: .milliseconds(200 * attempt)) } catch { return nil }
            }
        }
        return nil
    }
}
