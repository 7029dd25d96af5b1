/// Where the long poll of a bot stands: ready, in flight, pausing after a failure or a conflict, refused, or stopped.
///
/// A value: every method returns what to do, and nothing here waits.
struct PollState: Sendable {
    /// What is due.
    enum Step: Hashable, Sendable {
        /// Take away the webhook, which excludes polling; with `drops`, Telegram is to forget what waits.
        case deleteWebhook(drops: Bool)
        /// Ask for updates; `anew` on a connection of its own.
        case poll(anew: Bool)
        /// Let so much time pass, and ask for the next step.
        case pause(Duration)
        /// Nothing more.
        case end(End)
    }

    /// Why it is over.
    enum End: Hashable, Sendable {
        case stopped
        /// Telegram does not know the token; in its words.
        case unauthorized(String)
    }

    /// What is asked of Telegram.
    private enum Request: Hashable {
        case poll(anew: Bool)
        case deletion(drops: Bool, anew: Bool)
    }

    private enum Phase: Hashable {
        case ready(Request)
        case inFlight(Request)
        case pausing(Duration, before: Request)
        case over(End)
    }

    /// The first pause after a conflict; doubled up to ``longestPause``.
    static let conflictPause = Duration.seconds(5)
    /// The first pause after a failure; doubled up to ``longestPause``, and shortened by chance to as little as a half.
    static let failurePause = Duration.seconds(1)
    /// The longest pause that Telegram does not ask for.
    static let longestPause = Duration.seconds(60)
    /// Without a conflict for so long, there is nobody else any more; in milliseconds, and longer than any pause.
    ///
    /// One poll that goes well says little: of two that poll, whoever asks while there is something to tell gets it.
    static let calm: Int64 = 120_000
    /// How many failures in a row it takes for people to hear of them.
    static let failuresToTell = 3
    /// The longest pause at Telegram's request of which people do not hear.
    static let longestUntold = Duration.seconds(60)

    private let deletesWebhook: Bool
    private var phase: Phase
    /// How many failures there were since the last success.
    private var failures = 0
    /// How many conflicts there were since there was nobody else.
    private var conflicts = 0
    /// When the last conflict was, in milliseconds since 1970; nil for one that ends with the first success.
    private var conflictAt: Int64?
    /// Whether people were told since the last success that Telegram asks for a pause.
    private var isHoldTold = false
    /// What has to be kept over restarts: the time in which Telegram lets nothing be asked; nil after a success.
    private(set) var hold: PollHold?

    /// Begins by taking a webhook away, where that is wished for, and does so again whenever one is in the way; `drops`
    /// says that Telegram is to forget at the beginning what waits.
    init(deletesWebhook: Bool = false, drops: Bool = false) {
        self.deletesWebhook = deletesWebhook
        phase = .ready(deletesWebhook ? .deletion(drops: drops, anew: false) : .poll(anew: false))
    }

    /// The next step; asked for when the one before is done.
    mutating func next() -> Step {
        switch phase {
        case .ready(let request):
            phase = .inFlight(request)
            switch request {
            case .poll(let anew): return .poll(anew: anew)
            case .deletion(let drops, _): return .deleteWebhook(drops: drops)
            }
        case .inFlight(.poll):
            return .poll(anew: false)
        case .inFlight(.deletion(let drops, _)):
            return .deleteWebhook(drops: drops)
        case .pausing(let pause, let request):
            phase = .ready(request)
            return .pause(pause)
        case .over(let end):
            return .end(end)
        }
    }

    /// Lets what is left of `hold`, which was kept, pass before anything is asked.
    mutating func resume(_ hold: PollHold, at now: Int64) -> PollRemark? {
        guard case .ready(let request) = phase else { return nil }
        return wait(out: hold, at: now, before: request)
    }

    /// People were told of the pause that Telegram asks for.
    mutating func holdTold() { hold?.isTold = true }

    /// The poll has brought updates, or none in its time; `now` is in milliseconds since 1970.
    mutating func succeeded(at now: Int64) -> PollRemark? {
        guard case .inFlight(.poll) = phase else { return nil }
        phase = .ready(.poll(anew: false))
        defer { (failures, isHoldTold, hold) = (0, false, nil) }
        // A clock that was put back tells nothing about how long it was.
        if conflicts > 0, conflictAt.map({ abs(now - $0) >= Self.calm }) ?? true {
            conflicts = 0
            return .conflictOver
        }
        if isHoldTold { return .holdOver }
        return failures >= Self.failuresToTell ? .reachable : nil
    }

    /// The poll has failed at `now`, in milliseconds since 1970; `chance` is a number from 0 up to 1.
    mutating func failed(_ error: BotError, at now: Int64, chance: Double) -> PollRemark? {
        guard case .inFlight(.poll) = phase else { return nil }
        switch error.code {
        case .unauthorized:
            phase = .over(.unauthorized(error.description))
            return nil
        case .conflict(let isWebhook):
            conflicts += 1
            let deletes = isWebhook && deletesWebhook
            // There is but one webhook, and polls fail as long as it is set; but who sets it may do so again.
            conflictAt = isWebhook && !deletes ? nil : now
            phase = .pausing(
                Self.pause(Self.conflictPause, number: conflicts),
                before: deletes ? .deletion(drops: false, anew: true) : .poll(anew: true))
            return conflicts == 1 ? .conflict(isWebhook: isWebhook) : nil
        case .flood(let retryAfter):
            return wait(out: PollHold(retryAfter, from: now), at: now, before: .poll(anew: false))
        case .refused, .migrated, .forbidden, .server, .network:
            failures += 1
            // By chance, so that not all who lost the same server come back at once.
            let pause = Self.pause(Self.failurePause, number: failures) * (0.5 + chance / 2)
            phase = .pausing(pause, before: .poll(anew: false))
            return failures == Self.failuresToTell ? .unreachable(error.description) : nil
        }
    }

    /// The webhook is gone, or was not there.
    mutating func webhookDeleted() {
        guard case .inFlight(.deletion(_, let anew)) = phase else { return }
        phase = .ready(.poll(anew: anew))
    }

    /// The webhook could not be taken away: not tried again before a poll tells that it is in the way, unless Telegram asks
    /// for a pause.
    mutating func webhookNotDeleted(_ error: BotError, at now: Int64) -> PollRemark? {
        guard case .inFlight(.deletion(let drops, let anew)) = phase else { return nil }
        if case .flood(let retryAfter) = error.code {
            return wait(out: PollHold(retryAfter, from: now), at: now, before: .deletion(drops: drops, anew: anew))
        }
        phase = .ready(.poll(anew: anew))
        return nil
    }

    /// What came cannot be kept, or nobody wants any more.
    mutating func stop() { phase = .over(.stopped) }

    private mutating func wait(out hold: PollHold, at now: Int64, before request: Request) -> PollRemark? {
        self.hold = hold
        let rest = hold.rest(at: now)
        phase = rest > .zero ? .pausing(rest, before: request) : .ready(request)
        guard rest > Self.longestUntold, !isHoldTold else { return nil }
        isHoldTold = true
        return .held(hold, rest: rest)
    }

    /// `first`, doubled each time up to the longest.
    private static func pause(_ first: Duration, number: Int) -> Duration {
        min(first * (1 << min(number - 1, 10)), longestPause)
    }
}
