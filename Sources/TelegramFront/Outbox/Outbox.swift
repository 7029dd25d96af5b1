import Locking
public import Logging

/// Brings the messages of a bot from what they show to what they should show.
///
/// What is wanted is on disk before anything is sent, and what has become of it before anything else goes to the same chat:
/// whenever the program dies, another one goes on. Only one outbox of a bot may run at a time.
///
/// A class with a lock, because wishes come from any task while requests are on their way.
public final class Outbox: Sendable {
    /// Why an outbox has ended.
    public enum End: Hashable, Sendable {
        /// It was asked to.
        case finished
        /// Telegram does not know the token; in its words.
        case unauthorized(String)
    }

    /// Makes what tells whether a message may still go to its chat, by the rights as they stand then.
    public typealias Rights = @Sendable () async throws -> @Sendable (Slot) -> Bool

    private struct State {
        var lanes: Lanes
        /// Whether the pauses are known that Telegram asked for before a restart.
        var isLoaded = false
        var failure: (any Error)?
        /// Given when something has changed.
        var change = Signal()
    }

    private static let uncertainty = "cm ended while it was sent"

    private let courier: Courier
    private let bot: Int64
    private let store: any OutboxStore
    private let pace: OutboxPace
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Int64
    private let chance: @Sendable () -> Double
    private let logger: Logger
    private let rights: Rights
    private let told: @Sendable (OutboxRemark) async -> Void
    private let state: Locked<State>
    /// What is kept and what is remembered change together, one thing after the other.
    private let turnstile = Turnstile()
    /// Given when what is kept was read.
    private let begun = Signal()

    /// Creates an outbox; nothing is sent before ``run()``.
    ///
    /// - Parameters:
    ///   - departure: Has a last look at files of this machine; nil for none.
    ///   - now: Milliseconds since 1970.
    ///   - chance: A number from 0 up to 1, to spread what is tried again.
    ///   - rights: Asked at the start, before a chat is tried again that could not be written to or had to be left alone for a
    ///     while, and when its people have lost some: what may not go any more is given up.
    ///   - told: Hears what the owner should know, when it is kept and before the chat in question goes on.
    public init(
        _ api: BotAPI, store: any OutboxStore, departure: (any FileDeparture)? = nil,
        pace: OutboxPace = OutboxPace(), clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Int64, chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        logger: Logger = Logger(label: "telegram.outbox"), rights: @escaping Rights = { { _ in true } },
        told: @escaping @Sendable (OutboxRemark) async -> Void = { _ in }
    ) {
        courier = Courier(api: api, departure: departure)
        bot = api.botID
        self.store = store
        self.pace = pace
        self.clock = clock
        self.now = now
        self.chance = chance
        self.logger = logger
        self.rights = rights
        self.told = told
        state = Locked(State(lanes: Lanes(pace: pace)))
    }

    /// Lets messages show what `slots` want; returns when that is on disk.
    ///
    /// May be called at any time: before ``run()`` and after it has ended, the next run finds what is due.
    public func put(_ slots: [Slot]) async throws {
        try await put { [store, bot] in try await store.put(slots, bot: bot) }
    }

    /// Lets messages show what `write` keeps, as a transaction of the caller's own, and returns as they are kept then.
    ///
    /// `write` answers as ``OutboxStore/put(_:bot:)`` does, and must not put anything here itself.
    public func put(by write: () async throws -> [Slot]) async throws {
        try await turnstile.pass {
            let slots = try await write()
            change { state in
                for slot in slots { state.lanes.put(slot) }
            }
        }
    }

    /// Whether a message with this key was put, whatever has become of it.
    public func keeps(_ slot: String) async throws -> Bool { try await store.keeps(slot, bot: bot) }

    /// The key of the message with this number in `chat`; nil for none of this bot that is kept.
    func key(of message: Int64, in chat: Int64) async throws -> String? {
        try await store.key(of: message, in: chat, bot: bot)
    }

    /// The chat and the number in it of the message with this key; nil for one that is not known to be there.
    func place(of slot: String) async throws -> (chat: Int64, number: Int64)? {
        try await store.place(of: slot, bot: bot)
    }

    /// Whether a call to `chat` that is a mere courtesy may be made now, for which there is room then.
    func grantsCourtesy(to chat: Int64) -> Bool {
        state.withLock { $0.isLoaded && $0.lanes.grantsCourtesy(to: chat, at: now()) }
    }

    /// Grants none to `chat` for so long, because Telegram says so.
    func omitCourtesies(to chat: Int64, for pause: Duration) {
        state.withLock { $0.lanes.omitCourtesies(to: chat, until: now() + pause.milliseconds) }
    }

    /// Ends ``run()`` as soon as what is in flight has ended and all answers have gone that may go within
    /// ``OutboxPace/farewell``, which is the longest that it takes; for good.
    public func finish() {
        let deadline = now() + pace.farewell.milliseconds
        change { $0.lanes.finish(by: deadline) }
    }

    /// What is due in `chat` goes to `new`, which its group has become; returns when whoever is told of it knows.
    public func rename(_ chat: Int64, to new: Int64) async throws {
        let deeds = try await turnstile.pass {
            let deeds = state.withLock { $0.lanes.rename(chat, to: new) }
            do {
                for deed in deeds { try await write(deed) }
            } catch {
                // What is remembered has gone to the new one already: all is read anew.
                change { $0.failure = $0.failure ?? error }
                throw error
            }
            return deeds
        }
        guard !deeds.isEmpty else { return }
        await tell(deeds)
        change { $0.lanes.settle(renamed: new) }
    }

    /// Somebody was heard from in `chat`: if it could not be written to, and that `counts`, what waits for it is tried at
    /// once.
    ///
    /// Returns when that is on disk, which is not before ``run()`` has begun.
    public func hear(from chat: Int64, if counts: () async throws -> Bool = { true }) async throws {
        try await begun.given()
        guard state.withLock({ $0.lanes.isWaiting(for: chat) }), try await counts() else { return }
        try await turnstile.pass {
            for deed in state.withLock({ $0.lanes.hear(from: chat) }) { try await write(deed) }
        }
        change { _ in }
    }

    /// Gives up what waits for `chat` and may not go there any more; returns when that is on disk, which is not before
    /// ``run()`` has begun: what is put then is not looked at as what was due from before.
    func withdraw(from chat: Int64) async throws {
        try await begun.given()
        try await withdrawLost(from: chat) { _ in }
    }

    /// Sends until ``finish()``, or until Telegram does not know the token.
    ///
    /// Throws what the store throws, since what cannot be noted must not be sent, and `CancellationError` when the task is
    /// cancelled, which gives up what is in flight.
    public func run() async throws -> End {
        await tell(try await load())
        return try await withThrowingDiscardingTaskGroup(returning: End.self) { group in
            defer { group.cancelAll() }
            var isFinishing = false
            while true {
                let (next, change, finishes, isResting) = try look()
                if finishes, !isFinishing {
                    isFinishing = true
                    group.addTask { await self.limitFarewell() }
                }
                switch next {
                case .send(let errand): group.addTask { await self.carryOut(errand) }
                case .wait(let pause): await change.wait(atMost: pause, by: clock)
                case .idle:
                    guard isResting else {
                        await change.wait()
                        break
                    }
                    // Chats where nothing is due are forgotten also when nothing is sent any more.
                    await change.wait(atMost: .milliseconds(Lanes.sweepInterval), by: clock)
                    state.withLock { $0.lanes.sweep(at: now()) }
                case .over(let end): return end
                }
                try Task.checkCancellation()
            }
        }
    }

    /// Takes over what is due and may still go, and what is held; returns what is to be told of the rest.
    @discardableResult func load() async throws -> [Deed] {
        defer { begun.give() }
        return try await turnstile.pass {
            let due = try await store.due(of: bot), mayHave = try await rights()
            let uncertain = due.slots.filter { $0.stage == .begun && $0.delivery == .once }
            var lanes = Lanes(due.slots, holds: due.holds, losses: due.losses, pace: pace)
            // Told once, and never sent again.
            let deeds = uncertain.flatMap { slot -> [Deed] in
                [.note(slot.failed(Self.uncertainty)), .tell(.uncertain(key: slot.key, reason: Self.uncertainty))]
            }
            let withdrawn = lanes.withdraw(unless: mayHave)
            for deed in deeds + withdrawn { try await write(deed) }
            change { [lanes] state in
                let deadline = state.lanes.deadline
                (state.lanes, state.failure, state.isLoaded) = (lanes, nil, true)
                if let deadline { state.lanes.finish(by: deadline) }
            }
            return deeds + withdrawn
        }
    }

    private func look() throws -> (next: Lanes.Next, change: Signal, isFinishing: Bool, isResting: Bool) {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            if state.change.isGiven { state.change = Signal() }
            let next = state.lanes.next(at: now())
            return (next, state.change, state.lanes.deadline != nil, state.lanes.isResting)
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let change = state.withLock { state in
            body(&state)
            return state.change
        }
        change.give()
    }

    private func limitFarewell() async {
        guard (try? await clock.sleep(for: pace.farewell)) != nil else { return }  // cancelled: it is over already
        change { $0.lanes.stop(.finished) }
    }

    // MARK: Errands

    private func carryOut(_ errand: Errand) async {
        do {
            if errand.isReopening, try await !mayGo(errand) { return change { $0.lanes.settle(errand, at: now()) } }
            if errand.needsNote {
                try await turnstile.pass { try await store.note(.begun, shown: nil, of: errand.key, bot: bot) }
                // Others may be sent twice; this may not.
                if errand.slot.delivery == .once { try await store.sync() }
            }
            let result: Result<Int64, BotError>
            do {
                result = .success(try await courier.carry(errand))
            } catch let error as BotError {
                logger.debug("a message was not taken", metadata: ["slot": "\(errand.key)", "error": "\(error)"])
                result = .failure(error)
            }
            try await end(errand, result)
        } catch {
            change { state in state.failure = state.failure ?? error }
        }
    }

    /// Gives up what may not go any more to a chat that is tried again; returns whether `errand` may.
    private func mayGo(_ errand: Errand) async throws -> Bool {
        try await withdrawLost(from: errand.chat) { $0.reopen(errand) }
    }

    /// Gives up what may not go to `chat` any more, and returns what `look` finds when nothing of that waits.
    private func withdrawLost<Found>(from chat: Int64, _ look: (inout Lanes) -> Found) async throws -> Found {
        let (deeds, found) = try await turnstile.pass {
            let mayHave = try await rights()
            let (deeds, found) = state.withLock { state in
                (state.lanes.withdraw(from: chat, unless: mayHave), look(&state.lanes))
            }
            for deed in deeds { try await write(deed) }
            return (deeds, found)
        }
        await tell(deeds)
        return found
    }

    private func end(_ errand: Errand, _ result: Result<Int64, BotError>) async throws {
        let deeds = try await turnstile.pass {
            let deeds = state.withLock { $0.lanes.end(errand, result, at: now(), chance: chance()) }
            for deed in deeds { try await write(deed) }
            return deeds
        }
        await tell(deeds)
        change { $0.lanes.settle(errand, at: now()) }
    }

    private func tell(_ deeds: [Deed]) async {
        for case .tell(let remark) in deeds {
            logger.notice("\(remark.summary)", metadata: remark.metadata)
            await told(remark)
        }
    }

    private func write(_ deed: Deed) async throws {
        switch deed {
        case .note(let key, let stage, let shown): try await store.note(stage, shown: shown, of: key, bot: bot)
        case .want(let slot):
            // Of what is forgotten nothing is kept anew.
            if try await store.keeps(slot.key, bot: bot) { _ = try await store.put([slot], bot: bot) }
        case .hold(let chat, let moment): try await store.hold(chat, until: moment, bot: bot)
        case .lose(let chat, let loss): try await store.lose(chat, loss, bot: bot)
        case .tell: break
        }
    }
}
