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
        /// Somebody in the chat is about to be answered: what comes of that is told behind the answer, which is kept when
        /// the signal is given.
        case answering(Signal)
        /// The chat has gone to another session.
        case left
        /// Whoever is in the chat may have lost the right to see the session.
        case doubted
    }

    /// Why a session is no longer shown: whoever is in the chat may not see it any more.
    struct RightLost: Error {}

    /// What is followed, and by what ways.
    ///
    /// What it is told waits in memory for as long as something is being kept or answered.
    let wish: Watches.Wish
    let core: any Core
    let outbox: Outbox
    let ledger: any ChatLedger
    let api: BotAPI
    let context: ViewContext
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    let logger: Logger
    /// Whether what happens may still be shown; asked before anything is.
    var mayShow: @Sendable () async throws -> Bool = { true }
    /// Whether the chat has gone to another session, so that only what is open is shown to its end.
    var isLeft: @Sendable () -> Bool = { false }
    /// Ends it once nothing is open in a session that was left; false when the chat has come back.
    var end: @Sendable (Watches.Wish) async throws -> Bool = { _ in false }

    private var cursor: ChatCursor { wish.cursor }

    /// Follows until the core ends, the task is cancelled, or the session was left and nothing is open there for the chat;
    /// also what is said in the session when it was deleted.
    ///
    /// Throws ``HubError``, ``RightLost``, what the ledger throws, and `CancellationError`.
    func run() async throws {
        var view = ChatView(of: cursor.session, after: cursor.resume, told: cursor.told, in: context)
        let records = try await core.lastingChatEvents(of: cursor.session, after: Bookmark(cursor.resume))
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
            if isLeft() { step.yield(.left) }
            for await next in wish.steps {
                view.context.address = wish.address.withLock(\.self)
                // Also before anything more is shown: the word that it was left may be behind that.
                if isLeft(), isThrough(view), try await end(wish) { return }
                switch next {
                case .record(let record):
                    if case .deleted = record.event { try await beginAnew(behind: record.cursor) }
                    try await put(view.take(record), of: view)
                case .asked(let change):
                    view.ownChanges.expect(change)
                case .settled(let change, let made):
                    try await put(view.settle(change, made: made), of: view)
                case .answering(let kept):
                    await kept.wait()
                case .left:
                    break
                case .doubted:
                    guard try await mayShow() else { throw RightLost() }
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
                if isLeft(), isThrough(view), try await end(wish) { return }
            }
        }
        try Task.checkCancellation()
    }

    /// Whether all that was open for the chat when it went elsewhere has come to its end.
    private func isThrough(_ view: ChatView) -> Bool {
        // What was open before is only known when it was read again.
        let isKnown = cursor.resume == cursor.told || view.read >= cursor.told
        return isKnown && view.read >= wish.awaited.withLock(\.self) && view.isThrough
    }

    /// Has the next one to run go on from here: up to where it was shown is forgotten with the session.
    private func beginAnew(behind deletion: Cursor) async throws {
        let begun = ChatCursor(
            session: cursor.session, address: wish.address.withLock(\.self), resume: deletion, told: deletion)
        _ = try await ledger.begin(begun, bot: api.botID)
    }

    private func put(_ slots: [Slot], of view: ChatView) async throws {
        guard !slots.isEmpty else { return }
        guard try await mayShow() else { throw RightLost() }
        var cursor = cursor
        (cursor.address, cursor.resume, cursor.told) = (view.context.address, view.resume, view.told)
        try await outbox.put { try await ledger.put(slots, upTo: cursor, bot: api.botID) }
    }

    /// Says that somebody writes, and returns how long nothing more is said.
    ///
    /// A courtesy: whether it arrives changes nothing, and where Telegram wants a pause or messages need the room it is
    /// left out.
    private func sayTyping() async -> Duration {
        let address = wish.address.withLock(\.self)
        guard outbox.grantsCourtesy(to: address.chat) else { return Self.typing }
        do {
            _ = try await api.call(SendChatAction(chat_id: address.chat, message_thread_id: address.topic))
        } catch {
            logger.trace("could not say that somebody writes", metadata: ["error": "\(error)"])
            if case .flood(let retryAfter)? = (error as? BotError)?.code {
                // For all that is shown there.
                outbox.omitCourtesies(to: address.chat, for: retryAfter)
                return max(retryAfter, Self.typing)
            }
        }
        return Self.typing
    }
}
