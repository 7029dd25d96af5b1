/// All chats of a bot, and whose turn it is.
///
/// A value. Chats take turns: one that has had its turn goes behind all others, so that none can starve them. Moments are
/// in milliseconds since 1970.
struct Lanes: Sendable {
    /// What to do next.
    enum Next: Hashable, Sendable {
        /// Nothing before something changes.
        case idle
        /// Nothing before so much time has passed, or something changes.
        case wait(Duration)
        /// This is on its way from now on.
        case send(Errand)
        case over(Outbox.End)
    }

    /// So many chats that are told within ``floodSpan`` that too much is sent mean the bot as a whole.
    private static let floodCount = 3
    private static let floodSpan: Int64 = 5_000
    /// The longest that all chats are held because several are.
    private static let longestHold: Int64 = 60_000
    /// How often chats are forgotten where nothing is due.
    static let sweepInterval: Int64 = 60_000

    private let pace: OutboxPace
    private var lanes: [Int64: Lane] = [:]
    /// The chats where something is due and nothing in flight, in the order of their turns.
    private var line: [Int64] = []
    private var inFlight = 0
    private var budget: Bucket
    private var heldUntil: Int64 = 0
    private var floods: [(chat: Int64, at: Int64, until: Int64)] = []
    private var moved: [Int64: Int64] = [:]
    /// The new chats of ``rename(_:to:)`` that are not settled.
    private var renamed: Set<Int64> = []
    private var sweptAt: Int64 = 0
    /// When it ends at the latest; nil when it was not told to.
    private(set) var deadline: Int64?
    private var end: Outbox.End?

    /// Starts with what is due.
    init(
        _ slots: [Slot] = [], holds: [Int64: Int64] = [:], losses: [Int64: ChatLoss] = [:], pace: OutboxPace
    ) {
        self.pace = pace
        budget = Bucket(pace.overall)
        for (chat, moment) in holds { lanes[chat, default: Lane(chat, pace: pace)].hold(until: moment) }
        for (chat, loss) in losses { lanes[chat, default: Lane(chat, pace: pace)].loss = loss }
        for slot in slots { put(slot) }
    }

    /// How many chats are known.
    var count: Int { lanes.count }

    /// Takes over what `slot` wants.
    mutating func put(_ slot: Slot) {
        var slot = slot
        while let chat = moved[slot.address.chat] { slot.move(to: chat) }
        let chat = slot.address.chat
        var lane = lanes.removeValue(forKey: chat) ?? Lane(chat, pace: pace)
        lane.put(slot)
        if lane.inFlight == nil, lane.isBusy, !line.contains(chat) { line.append(chat) }
        lanes[chat] = lane
    }

    /// Begins only answers and the like from now on, and of those none that would have to wait for longer than `deadline`.
    mutating func finish(by deadline: Int64) { self.deadline = self.deadline ?? deadline }

    /// What is due in `chat` is due in `new`, which its group has become, as soon as this is settled.
    ///
    /// Nothing to be done when that is known, which is settled by whoever has told.
    mutating func rename(_ chat: Int64, to new: Int64) -> [Deed] {
        guard chat != new, moved[chat] != new else { return [] }
        renamed.insert(new)
        return migrate(chat, to: new)
    }

    /// Whether it matters that somebody is heard from in `chat`: something is in flight there, or it cannot be written to.
    func isWaiting(for chat: Int64) -> Bool {
        lanes[newest(of: chat)].map { $0.inFlight != nil || $0.loss != nil } ?? false
    }

    /// Somebody was heard from in `chat`: what waits because it cannot be written to is tried.
    mutating func hear(from chat: Int64) -> [Deed] {
        let chat = newest(of: chat)
        return lanes[chat]?.hear(from: chat) ?? []
    }

    private func newest(of chat: Int64) -> Int64 {
        var newest = chat
        while let next = moved[newest] { newest = next }
        return newest
    }

    /// What ``rename(_:to:)`` asked for is done.
    mutating func settle(renamed chat: Int64) {
        renamed.remove(chat)
        lanes[chat]?.isMoving = false
        if let lane = lanes[chat], lane.isBusy, lane.inFlight == nil, !line.contains(chat) { line.append(chat) }
    }

    /// Whether chats are known though nothing is due or in flight.
    var isResting: Bool { inFlight == 0 && line.isEmpty && !lanes.isEmpty }

    /// Forgets the chats where nothing is due and which a new start would treat alike; once in a while.
    mutating func sweep(at now: Int64) {
        guard abs(now - sweptAt) >= Self.sweepInterval else { return }
        lanes = lanes.filter { !$0.value.isForgettable(at: now) }
        sweptAt = now
    }

    /// Ends at once.
    mutating func stop(_ reason: Outbox.End) { if end == nil { end = reason } }

    /// What to do at `now`; a request that is named is taken as begun.
    mutating func next(at now: Int64) -> Next {
        if let end { return .over(end) }
        // A hold that lies further ahead than it can is from before the clock was put back.
        let held = heldUntil <= now + Self.longestHold ? heldUntil : 0
        let opening = max(held, budget.opening(leaving: 0, at: now))
        if opening > now, !line.isEmpty, isInTime(opening - now, at: now) { return .wait(.milliseconds(opening - now)) }
        guard opening <= now else { return deadline != nil && inFlight == 0 ? .over(.finished) : .idle }
        var chosen: Errand?
        var pause: Duration?
        var idle: Set<Int64> = []
        search: for chat in line {
            guard let lane = lanes[chat] else { continue }
            switch lane.next(at: now, onlyFinals: deadline != nil) {
            case .idle: if !lane.isBusy { idle.insert(chat) }
            case .wait(let time): if isInTime(time.milliseconds, at: now) { pause = min(pause ?? time, time) }
            case .send(let errand):
                if errand.slot.priority == .final {
                    chosen = errand
                    break search
                }
                chosen = chosen ?? errand
            }
        }
        if !idle.isEmpty { line.removeAll(where: idle.contains) }
        if let chosen {
            begin(chosen, at: now)
            return .send(chosen)
        }
        if let pause { return .wait(pause) }
        return deadline != nil && inFlight == 0 ? .over(.finished) : .idle
    }

    /// Whether a call that is a mere courtesy may go to `chat` at `now`; one that may is taken as made.
    ///
    /// It stands in no line: where there is no room beside the messages it is left out.
    mutating func grantsCourtesy(to chat: Int64, at now: Int64) -> Bool {
        guard end == nil, deadline == nil, moved[chat] == nil, heldUntil <= now || heldUntil > now + Self.longestHold,
            budget.opening(leaving: pace.overall.burst / 2, at: now) <= now, lanes[chat]?.isOpen(at: now) ?? true
        else { return false }
        budget.take(at: now)
        return true
    }

    /// Lets no more courtesies go to `chat` before `moment`, because Telegram says so; messages are not concerned.
    mutating func omitCourtesies(to chat: Int64, until moment: Int64) {
        lanes[chat, default: Lane(chat, pace: pace)].courtesyHeldUntil = moment
    }

    /// Whether what waits for so long still has its turn.
    private func isInTime(_ pause: Int64, at now: Int64) -> Bool { deadline.map { now + pause <= $0 } ?? true }

    /// A request has ended; nothing else goes to its chat before ``settle(_:at:)``, when what is returned is on disk.
    mutating func end(
        _ errand: Errand, _ result: Result<Int64, BotError>, at now: Int64, chance: Double
    ) -> [Deed] {
        guard var lane = lanes.removeValue(forKey: errand.chat) else { return [] }
        var deeds = lane.end(result, at: now, chance: chance)
        lanes[errand.chat] = lane
        guard case .failure(let error) = result else { return deeds }
        switch error.code {
        case .unauthorized: stop(.unauthorized(error.description))
        case .flood: noteFlood(errand.chat, until: lane.heldUntil, at: now)
        case .migrated(let chat):
            if chat != errand.chat { deeds += migrate(errand.chat, to: chat) }
        case .conflict, .refused, .forbidden, .server, .network: break
        }
        return deeds
    }

    /// What ``end(_:_:at:chance:)`` asked for is done.
    mutating func settle(_ errand: Errand, at now: Int64) {
        inFlight -= 1
        let chat = errand.chat
        guard var lane = lanes.removeValue(forKey: chat) else { return }
        lane.settle()
        if lane.isBusy, !line.contains(chat) { line.append(chat) }
        lanes[chat] = lane
        if let target = moved[chat], !renamed.contains(target) { lanes[target]?.isMoving = false }
        sweep(at: now)
    }

    /// Takes out what `mayHave` is false of, in `chat` alone where that is given.
    mutating func withdraw(from chat: Int64? = nil, unless mayHave: (Slot) -> Bool) -> [Deed] {
        (chat.map { [$0] } ?? lanes.keys.sorted()).flatMap { lanes[$0]?.withdraw(from: $0, unless: mayHave) ?? [] }
    }

    /// Whether `errand`, which was on its way to being looked at, still goes after ``withdraw(from:unless:)``.
    mutating func reopen(_ errand: Errand) -> Bool { lanes[errand.chat]?.reopen() ?? false }

    private mutating func begin(_ errand: Errand, at now: Int64) {
        budget.take(at: now)
        line.removeAll { $0 == errand.chat }
        inFlight += 1
        lanes[errand.chat]?.begin(errand, at: now)
    }

    private mutating func noteFlood(_ chat: Int64, until moment: Int64, at now: Int64) {
        floods.removeAll { $0.at <= now - Self.floodSpan || $0.chat == chat }
        floods.append((chat, now, moment))
        guard floods.count >= Self.floodCount else { return }
        let soonest = floods.map(\.until).min() ?? now
        heldUntil = max(heldUntil, min(soonest, now + Self.longestHold))
    }

    /// Lets what was due in `old` be due in `chat`, as soon as the errand that told of it is settled: until then the owner
    /// does the same in the store.
    private mutating func migrate(_ old: Int64, to chat: Int64) -> [Deed] {
        let leaving = lanes[old]?.leave() ?? []
        // The store forgets it with the rename.
        lanes[old]?.loss = nil
        moved[chat] = nil
        moved[old] = chat
        var deeds: [Deed] = []
        for var slot in leaving {
            slot.move(to: chat)
            deeds.append(.note(slot))
            put(slot)
        }
        lanes[chat, default: Lane(chat, pace: pace)].isMoving = true
        return deeds + [.tell(.migrated(from: old, to: chat))]
    }
}

extension Slot {
    /// Puts it into the chat that its group has become: messages of the old one cannot be changed, and the numbers of the
    /// new one mean others.
    fileprivate mutating func move(to chat: Int64) {
        address = ChatAddress(chat: chat)
        replyTo = nil
        switch (stage, delivery) {
        case (.new, _), (.failed, _), (.withdrawn, _), (.begun, .once): break
        // It was begun in the old chat alone: here it is noted before it is sent, as anywhere.
        case (.begun, _): stage = .new
        case (.placed, .filled): (stage, shown) = (.new, nil)
        // People have heard of it.
        case (.placed, _): shown = wanted
        }
    }
}
