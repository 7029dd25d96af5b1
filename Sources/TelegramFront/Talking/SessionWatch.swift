import Conversation
import Locking
import Logging

/// Shows one session in one chat: follows its events, and keeps what is to be seen of them.
///
/// It outlives the session: when that is deleted, the next message may be on its way already, and counts on being shown.
struct SessionWatch: Sendable {
    /// How often the progress of a running turn is looked at.
    static let beat = Duration.milliseconds(200)
    /// How many beats there are from one change of the progress message to the next.
    static let beatsToProgress = 10
    /// From one sign that somebody writes to the next: Telegram forgets it after 5 s.
    static let typing = Duration.seconds(4)

    /// What a watch is told.
    enum Step: Sendable {
        case record(Record)
        case beat
        /// Somebody in the chat asks for a change, whose answer tells of it.
        case asked(SessionChange)
        /// What came of it is known: the change that was made, nil for none.
        case settled(SessionChange, made: SessionChange?)
    }

    /// What is followed, and by what ways.
    ///
    /// What it is told is bounded by what the core keeps for a reader, and by one beat.
    let wish: Watches.Wish
    let core: any Core
    let outbox: Outbox
    let ledger: any ChatLedger
    let api: BotAPI
    let context: ViewContext
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    let logger: Logger

    private var cursor: ChatCursor { wish.cursor }

    /// Follows until the core ends or the task is cancelled, also what is said in the session when it was deleted.
    ///
    /// Throws ``HubError``, what the ledger throws, and `CancellationError`.
    func run() async throws {
        var view = ChatView(of: cursor.session, after: cursor.resume, told: cursor.told, in: context)
        let records = try await core.lastingEvents(
            of: cursor.session, after: Bookmark(cursor.resume), answers: true)
        wish.ready.give()
        let isRunning = Locked(false), isBeating = Locked(false), step = wish.step
        let (begins, begin) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let (signs, sign) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await record in records { step.yield(.record(record)) }
                step.finish()
            }
            group.addTask {
                for await _ in begins {
                    while isRunning.withLock(\.self) {
                        // One at a time: whoever is slow gets no more of them.
                        let isDue = isBeating.withLock { isBeating in
                            defer { isBeating = true }
                            return !isBeating
                        }
                        if isDue { step.yield(.beat) }
                        try await clock.sleep(for: Self.beat)
                    }
                }
            }
            group.addTask {
                for await _ in signs {
                    while isRunning.withLock(\.self) { try await clock.sleep(for: await sayTyping()) }
                }
            }
            defer { group.cancelAll() }
            var beats = 0
            for await next in wish.steps {
                switch next {
                case .record(let record):
                    if case .deleted = record.event { try await beginAnew(behind: record.cursor) }
                    try await put(view.take(record), of: view)
                case .asked(let change):
                    view.ownChanges.expect(change)
                case .settled(let change, let made):
                    try await put(view.settle(change, made: made), of: view)
                case .beat:
                    isBeating.withLock { $0 = false }
                    try await put(view.flush(), of: view)
                    beats += 1
                    if beats % Self.beatsToProgress == 0, let slot = view.refresh(at: now()) {
                        try await put([slot], of: view)
                    }
                }
                wish.running.withLock { $0 = view.state.running?.turn.id }
                let runs = view.isRunning
                if isRunning.withLock({ was in
                    defer { was = runs }
                    return runs && !was
                }) {
                    beats = 0
                    begin.yield()
                    sign.yield()
                }
            }
        }
        try Task.checkCancellation()
    }

    /// Has the next one to run go on from here: up to where it was shown is forgotten with the session.
    private func beginAnew(behind deletion: Cursor) async throws {
        let begun = ChatCursor(
            session: cursor.session, address: wish.address.withLock(\.self), resume: deletion, told: deletion)
        _ = try await ledger.begin(begun, bot: api.botID)
    }

    private func put(_ slots: [Slot], of view: ChatView) async throws {
        guard !slots.isEmpty else { return }
        var cursor = cursor
        (cursor.resume, cursor.told) = (view.resume, view.told)
        try await outbox.put { try await ledger.put(slots, upTo: cursor, bot: api.botID) }
    }

    /// Says that somebody writes, and returns how long nothing more is said.
    ///
    /// A courtesy: whether it arrives changes nothing.
    private func sayTyping() async -> Duration {
        do {
            let address = wish.address.withLock(\.self)
            _ = try await api.call(SendChatAction(chat_id: address.chat, message_thread_id: address.topic))
        } catch {
            logger.trace("could not say that somebody writes", metadata: ["error": "\(error)"])
            if case .flood(let retryAfter)? = (error as? BotError)?.code { return max(retryAfter, Self.typing) }
        }
        return Self.typing
    }
}
