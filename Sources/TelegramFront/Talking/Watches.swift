import Conversation
import Locking

/// The sessions that are shown in chats: each is followed once at each place.
///
/// A class with a lock, because updates are dealt with in many tasks.
final class Watches: Sendable {
    /// A session that is to be followed.
    struct Wish: Sendable {
        /// Where it begins.
        var cursor: ChatCursor
        /// Where it is shown, which changes when a group gets another number.
        let address: Locked<ChatAddress>
        var steps: AsyncStream<SessionWatch.Step>
        /// For whoever has something to tell to the watch.
        var step: AsyncStream<SessionWatch.Step>.Continuation
        /// Given when nothing is missed any more.
        let ready = Signal()
        /// The last event of the session when the chat went elsewhere.
        let awaited: Locked<Cursor>
        /// The turn that is shown as running.
        let running = Locked<Turn.ID?>(nil)

        /// ``cursor`` where the session is shown now.
        var placed: ChatCursor {
            var cursor = cursor
            cursor.address = address.withLock(\.self)
            return cursor
        }
    }

    private struct Key: Hashable {
        var session: SessionID
        var address: ChatAddress
    }

    /// What is to be followed, in order; one reader.
    let wishes: AsyncStream<Wish>
    private let wish: AsyncStream<Wish>.Continuation
    private let watched = Locked<[Key: Wish]>([:])

    init() { (wishes, wish) = AsyncStream.makeStream() }

    /// Has a session followed from where `cursor` says, if it is not followed there; returns when nothing is missed, with
    /// the way to tell the watch something.
    func follow(_ cursor: ChatCursor) async throws -> AsyncStream<SessionWatch.Step>.Continuation {
        let key = Key(session: cursor.session, address: cursor.address)
        let (steps, step) = AsyncStream.makeStream(of: SessionWatch.Step.self)
        let (made, isNew) = watched.withLock { watched in
            if let made = watched[key] { return (made, false) }
            let made = Wish(
                cursor: cursor, address: Locked(cursor.address), steps: steps, step: step,
                awaited: Locked(cursor.awaited))
            watched[key] = made
            return (made, true)
        }
        if isNew { wish.yield(made) }
        try await made.ready.given()
        return made.step
    }

    /// A session is followed no more: whoever wants it to be has to say so again.
    func forget(_ wish: Wish) {
        watched.withLock { Self.remove(wish, from: &$0) }
        // Who waits for it goes on, and what it says is seen when it is followed again.
        wish.ready.give()
    }

    /// Has the chat at `address` go to another session than `session` by `go`, which is to see what came up to `latest`.
    func leave(_ session: SessionID, at address: ChatAddress, behind latest: Cursor, by go: () -> Void) {
        let wish = watched.withLock { $0[Key(session: session, address: address)] }
        // First: as soon as it has gone the watch may look.
        wish?.awaited.withLock { $0 = max($0, latest) }
        go()
        wish?.step.yield(.left)
    }

    /// A session is followed no more if it `isLeft`, which then nobody can count on; returns whether it is.
    func end(_ wish: Wish, if isLeft: () -> Bool) -> Bool {
        watched.withLock { watched in
            guard isLeft() else { return false }
            Self.remove(wish, from: &watched)
            return true
        }
    }

    /// Another one may have taken its place.
    private static func remove(_ wish: Wish, from watched: inout [Key: Wish]) {
        let key = Key(session: wish.cursor.session, address: wish.address.withLock(\.self))
        if watched[key]?.ready === wish.ready { watched[key] = nil }
    }

    /// What is shown in `chat` is shown in the group that it has become.
    func rename(_ chat: Int64, to new: Int64) {
        watched.withLock { watched in
            for (key, wish) in watched where key.address.chat == chat {
                let moved = Key(session: key.session, address: ChatAddress(chat: new, topic: key.address.topic))
                watched[key] = nil
                // One that is followed in the new one already goes on there, and only there.
                guard watched[moved] == nil else {
                    wish.step.finish()
                    continue
                }
                wish.address.withLock { $0 = moved.address }
                watched[moved] = wish
            }
        }
    }

    /// Has it looked whether what `isBarred` is true of may still be shown.
    func doubt(where isBarred: (SessionID, _ chat: Int64) -> Bool) {
        let wishes = watched.withLock(\.self).filter { isBarred($0.key.session, $0.key.address.chat) }.values
        for wish in wishes { wish.step.yield(.doubted) }
    }

    /// Whether a turn is shown as running anywhere.
    var showRunning: Bool { watched.withLock { $0.values.contains { $0.running.withLock(\.self) != nil } } }

    /// Whether `session` is followed at `address`.
    func follows(_ session: SessionID, at address: ChatAddress) -> Bool {
        watched.withLock { $0[Key(session: session, address: address)] != nil }
    }

    /// The session that is shown in `chat` and in which `turn` runs; nil for none.
    func session(running turn: Turn.ID, in chat: Int64) -> SessionID? {
        watched.withLock(\.self).first { $0.key.address.chat == chat && $0.value.running.withLock(\.self) == turn }?
            .key.session
    }

    /// The sessions that are shown in `chat`.
    func sessions(in chat: Int64) -> [SessionID] {
        watched.withLock { watched in watched.keys.filter { $0.address.chat == chat }.map(\.session) }
    }
}
