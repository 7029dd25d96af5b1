/// What is due in one chat, all its topics included, and what to do about it next.
///
/// A value: one request is in flight at a time, finals go before progress, and each kind goes by place; only what rests
/// because Telegram refuses its placeholder is passed by what is no part of the same answer. Moments are in milliseconds
/// since 1970.
struct Lane: Sendable {
    /// What to do next.
    enum Next: Hashable, Sendable {
        /// Nothing, or something is in flight.
        case idle
        /// Nothing before so much time has passed.
        case wait(Duration)
        case send(Errand)
    }

    /// A message that is due.
    struct Waiting: Sendable {
        var slot: Slot
        var form: Form
        /// How often it had gone, and was sent anew.
        var losses = 0
        /// How often its placeholder was refused, and nothing of it is sent before.
        var refusals = 0
        var restingUntil: Int64 = 0
        /// How often it may have arrived or not.
        var doubts = 0
        /// Whether what it answers is not there any more.
        var isReplyLost = false
        /// Whether its chat may not have it any more, which was found while it was on its way.
        var isWithdrawn = false
        /// See ``SlotKey/whole``.
        let whole: Substring

        init(_ slot: Slot) {
            self.slot = slot
            whole = SlotKey(slot.key).whole
            form = Self.form(of: slot)
        }

        /// A file cannot become a text again.
        static func form(of slot: Slot) -> Form {
            slot.shown?.document != nil && slot.wanted.document == nil ? .document : .full
        }
    }

    /// How often a message that has to be heard of is sent when it may have arrived or not.
    static let mostDoubts = 8

    private let pace: OutboxPace
    private let rest: Int
    private var bucket: Bucket
    /// What is due, by place.
    var waiting: [Waiting] = []
    var inFlight: Errand?
    /// Telegram allows nothing before; kept over restarts while ``isHeld``.
    var heldUntil: Int64 = 0
    var isHeld = false
    /// Set while the chat cannot be written to; kept over restarts.
    var loss: ChatLoss?
    /// Whether the chat was heard from since the request in flight began, which may be answered from before.
    var isHeardFrom = false
    var restingUntil: Int64 = 0
    /// Telegram allows nothing before that could be left out.
    var courtesyHeldUntil: Int64 = 0
    var backOff = BackOff()
    var lostTopics: Set<Int64> = []
    /// Whether the owner has yet to bring here what another chat has become.
    var isMoving = false
    private var lastProgress: Int64?

    /// A lane where nothing is due.
    init(_ chat: Int64, pace: OutboxPace) {
        self.pace = pace
        let rate = pace.rate(of: chat)
        bucket = Bucket(rate)
        // Progress leaves room for the answer.
        rest = rate.burst / 2
    }

    /// Whether something is due or in flight.
    var isBusy: Bool { inFlight != nil || !waiting.isEmpty }

    /// Whether a new lane would do the same.
    func isForgettable(at now: Int64) -> Bool {
        !isBusy && !isMoving && heldUntil <= now && courtesyHeldUntil <= now
            && (loss?.opening(at: now) ?? now) <= now && lostTopics.isEmpty
            && restingUntil <= now && bucket.isFull(at: now)
            && lastProgress.map { $0 + pace.progress.milliseconds <= now } ?? true
    }

    /// Whether Telegram takes what could be left out.
    func isOpen(at now: Int64) -> Bool {
        !isMoving && heldUntil <= now && restingUntil <= now && courtesyHeldUntil <= now
    }

    /// Takes over what `slot` wants; how far it has come counts only when it was not waiting already.
    mutating func put(_ slot: Slot) {
        guard let index = waiting.firstIndex(where: { $0.slot.key == slot.key }) else {
            if slot.isDue { waiting.append(Waiting(slot)) }
            return
        }
        var changed = slot
        let old = waiting[index].slot
        (changed.stage, changed.shown) = (old.stage, old.shown)
        waiting[index].slot = changed
        // Whoever wishes for something else has looked who may have it.
        if old.wanted != changed.wanted { waiting[index].isWithdrawn = false }
        // An answer has its own tries, and goes behind those that were there before it.
        let isPromoted = changed.priority < old.priority
        if isPromoted { (waiting[index].losses, waiting[index].refusals, waiting[index].restingUntil) = (0, 0, 0) }
        // What fell back for the old content need not for the new, but a file stays one.
        if old.wanted != changed.wanted, waiting[index].form != .document {
            waiting[index].form = Waiting.form(of: changed)
        }
        if inFlight?.key != slot.key, !changed.isDue {
            waiting.remove(at: index)
        } else if isPromoted {
            waiting.append(waiting.remove(at: index))
        }
    }

    /// Takes out what is due, for the chat that the group has become.
    ///
    /// What is on its way as it is stays: it arrives where it was sent to, or is refused and leaves then.
    mutating func leave() -> [Slot] {
        let staying = inFlight.flatMap { $0.step == .send ? $0.key : nil }
        let stays = { (waiting: Waiting) in waiting.slot.key == staying && waiting.slot.stage == .begun }
        defer { waiting.removeAll { !stays($0) } }
        return waiting.filter { !stays($0) }.map(\.slot)
    }

    /// Nothing goes before `moment`, as was noted before a restart.
    mutating func hold(until moment: Int64) { (heldUntil, isHeld) = (moment, true) }

    /// What to do at `now`; with `onlyFinals` no progress, and what turns a placeholder into an answer before all else.
    func next(at now: Int64, onlyFinals: Bool = false) -> Next {
        guard inFlight == nil, !isMoving else { return .idle }
        // What lies further ahead than it can is from before the clock was put back.
        var opening = max(heldUntil, restingUntil <= now + BackOff.longest.milliseconds ? restingUntil : 0)
        opening = max(opening, loss?.opening(at: now) ?? 0)
        // While a placeholder rests others go before it.
        let resting = resting(at: now)
        var soonest = restEnd(onlyFinals: onlyFinals, of: resting).map { max(opening, $0) }
        if let index = first(onlyFinals: onlyFinals, past: resting) {
            let moment = max(opening, self.opening(of: waiting[index].slot.priority, at: now))
            guard moment > now else { return .send(errand(for: waiting[index])) }
            soonest = min(soonest ?? moment, moment)
        }
        return soonest.map { .wait(.milliseconds($0 - now)) } ?? .idle
    }

    /// When the pace lets something go.
    private func opening(of priority: Slot.Priority, at now: Int64) -> Int64 {
        switch priority {
        case .final:
            return bucket.opening(leaving: 0, at: now)
        case .progress:
            // Also before the placeholder, which otherwise would stand there empty.
            let opening = bucket.opening(leaving: rest, at: now)
            guard let lastProgress, lastProgress <= now else { return opening }
            return max(opening, lastProgress + pace.progress.milliseconds)
        }
    }

    /// `errand`, which ``next(at:onlyFinals:)`` has named, is on its way.
    mutating func begin(_ errand: Errand, at now: Int64) {
        inFlight = errand
        bucket.take(at: now)
        guard let index = waiting.firstIndex(where: { $0.slot.key == errand.key }) else { return }
        switch errand.step {
        case .reserve, .send: waiting[index].slot.stage = .begun
        case .fill: if errand.slot.priority == .progress { lastProgress = now }
        }
    }

    private func errand(for waiting: Waiting) -> Errand {
        var slot = waiting.slot
        if let topic = slot.address.topic, lostTopics.contains(topic) { slot.address.topic = nil }
        if waiting.isReplyLost { slot.replyTo = nil }
        let step: Errand.Step =
            switch (slot.stage, slot.delivery) {
            case (.placed(let message), _): .fill(message)
            case (_, .filled): .reserve
            case (_, .once): .send
            // It may be there often enough: now it is brought silently, and once.
            case (_, .repeated): waiting.doubts < Self.mostDoubts ? .send : .reserve
            }
        return Errand(
            step: step, slot: slot, form: waiting.form, needsNote: slot.stage == .new,
            isReopening: loss != nil || isHeld)
    }
}

extension Duration {
    /// In whole milliseconds, never less than it is.
    var milliseconds: Int64 { Int64((self / .milliseconds(1)).rounded(.up)) }
}
