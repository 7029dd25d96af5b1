import Locking

/// What was said in one chat and waits to be dealt with, in order; the messages of an album come out together.
///
/// A class with a lock, because it is filled while somebody waits for more.
final class ChatQueue: Sendable {
    /// How long an album is waited for; its messages are sent together.
    static let patience = Duration.seconds(1)
    /// The most messages of an album: Telegram's limit.
    static let mostInAlbum = 10

    private struct State {
        var waiting: [KeptUpdate] = []
        var isOver = false
        /// Given when something has changed.
        var change = Signal()
    }

    private let state = Locked(State())

    /// Puts an update behind all others.
    func add(_ update: KeptUpdate) {
        change { $0.waiting.append(update) }
    }

    /// Nothing more comes.
    func finish() {
        change { $0.isOver = true }
    }

    /// What is to be dealt with next: an update, or the messages of one album by one person, in order; nil at the end.
    ///
    /// Throws `CancellationError`.
    func next(by clock: any Clock<Duration>) async throws -> [KeptUpdate]? {
        while true {
            let (first, isOver, change) = look()
            guard let first else {
                if isOver { return nil }
                try await change.given()
                continue
            }
            guard let album = first.album else { return take { $0.id == first.id } }
            try await wait(for: album, by: clock)
            return take { $0.album == album }
        }
    }

    private func look() -> (first: KeptUpdate?, isOver: Bool, change: Signal) {
        state.withLock { state in
            if state.change.isGiven { state.change = Signal() }
            return (state.waiting.first, state.isOver, state.change)
        }
    }

    private func take(_ isWanted: (KeptUpdate) -> Bool) -> [KeptUpdate] {
        state.withLock { state in
            let taken = state.waiting.filter(isWanted)
            state.waiting.removeAll(where: isWanted)
            return taken
        }
    }

    /// Returns when the album is as large as it can be, or a while has passed.
    private func wait(for album: Album, by clock: any Clock<Duration>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await clock.sleep(for: Self.patience) }
            group.addTask {
                while self.count(of: album) < Self.mostInAlbum { try await self.look().change.given() }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func count(of album: Album) -> Int {
        state.withLock { state in state.waiting.count { $0.album == album } }
    }

    private func change(_ body: (inout State) -> Void) {
        let change = state.withLock { state in
            body(&state)
            return state.change
        }
        change.give()
    }
}

/// An album of one person, whose messages are dealt with together.
struct Album: Hashable, Sendable {
    var id: String
    var user: Int64?
}

extension KeptUpdate {
    /// The album of its message, while it is not settled who belongs to it; nil for all else.
    var album: Album? {
        guard case .message(let message) = kind, let id = message.albumID, message.album == nil else { return nil }
        return Album(id: id, user: message.from?.id)
    }

    /// One update that says what all of `updates` say, which are messages of one album; nil for none.
    static func joined(_ updates: [KeptUpdate]) -> KeptUpdate? {
        let messages = updates.compactMap { update -> (update: KeptUpdate, message: BotMessage)? in
            if case .message(let message) = update.kind { (update, message) } else { nil }
        }.sorted { $0.message.id < $1.message.id }
        guard var (joined, first) = messages.first else { return nil }
        first.album = messages.dropFirst().map(\.message)
        joined.kind = .message(first)
        return joined
    }
}
