import Conversation
import Locking

/// The events of one session over any number of cores, for one reader.
///
/// A class with a lock, because a stream's reader may go from one task to another; nothing is read at the same time.
final class LinkedEvents: Sendable {
    private struct State {
        var bookmark: Bookmark?
        /// Where it begins, for the next core when this one goes away before it tells anything.
        var start: Bookmark?
        /// What the last core tells; nil when it has ended.
        var stream: AsyncStream<Record>?
        /// The how manieth core it is of.
        var number = 0
        /// Whether the stream told anything.
        var hasTold = false
        /// Whether the session was deleted: nothing follows.
        var isOver = false
        /// How many cores there were when the last one that tells nothing more was in force.
        var gone = 0
    }

    private let session: SessionID
    private let link: CoreLink
    private let answers: Bool
    private let state: Locked<State>

    init(of session: SessionID, through link: CoreLink, after bookmark: Bookmark?, answers: Bool) {
        self.session = session
        self.link = link
        self.answers = answers
        state = Locked(State(bookmark: bookmark))
    }

    /// Subscribes to `served`, after what was read; from now on when nothing was and it is the first.
    func begin(with served: LinkState.Served) async throws {
        let known = state.withLock { $0.bookmark ?? $0.start }
        if known == nil {
            let start = Bookmark(try await served.core.position(of: session))
            state.withLock { $0.start = start }
        }
        let stream = try await served.core.events(of: session, after: known, answers: answers)
        state.withLock { ($0.stream, $0.number, $0.hasTold) = (stream, served.number, false) }
    }

    /// The next record; nil when there will be none, or the task is cancelled.
    func next() async -> Record? {
        while !Task.isCancelled, !state.withLock(\.isOver) {
            if let record = await read() { return record }
            let served: LinkState.Served
            do {
                served = try await link.core(after: state.withLock(\.gone))
            } catch {
                return nil  // no core will come, or the reader leaves
            }
            do {
                try await begin(with: served)
            } catch let error as HubError where error.code == .closed {
                state.withLock { $0.gone = served.number }
            } catch {
                // The core is there and cannot tell, for instance because its disk cannot be read just now.
                do { try await Task.sleep(for: Self.pause) } catch { return nil }
            }
        }
        return nil
    }

    /// How long to wait for a core that cannot tell its events.
    private static let pause = Duration.seconds(1)

    /// The next record of the stream there is.
    private func read() async -> Record? {
        guard let stream = state.withLock(\.stream) else { return nil }
        var iterator = stream.makeAsyncIterator()
        let record = await iterator.next()
        state.withLock { state in
            guard let record else {
                state.stream = nil
                // A reader that falls behind was told much; the end of the core can come at once.
                if !state.hasTold { state.gone = state.number }
                return
            }
            state.hasTold = true
            if case .deleted = record.event { state.isOver = true }
            state.bookmark = state.bookmark ?? Bookmark(record.cursor)
            state.bookmark?.take(record)
        }
        return record
    }
}
