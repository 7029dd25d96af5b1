/// Where the long poll of a bot stands: ready, in flight, pausing after a failure or a conflict, refused, or stopped.
///
/// A value: every method returns what to do, and nothing here waits.
struct PollState: Sendable {
    /// What is due.
    enum Step: Hashable, Sendable {
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

    private enum Phase: Hashable {
        case ready(anew: Bool)
        case inFlight
        case pausing(Duration, anew: Bool)
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

    private var phase = Phase.ready(anew: false)
    /// How many failures there were since the last success.
    private var failures = 0
    /// How many conflicts there were since there was nobody else.
    private var conflicts = 0
    /// When the last conflict was, in milliseconds since 1970; nil for one that ends with the first success.
    private var conflictAt: Int64?

    /// The next step; asked for when the one before is done.
    mutating func next() -> Step {
        switch phase {
        case .ready(let anew):
            phase = .inFlight
            return .poll(anew: anew)
        case .inFlight:
            return .poll(anew: false)
        case .pausing(let pause, let anew):
            phase = .ready(anew: anew)
            return .pause(pause)
        case .over(let end):
            return .end(end)
        }
    }

    /// The poll has brought updates, or none in its time; `now` is in milliseconds since 1970.
    mutating func succeeded(at now: Int64) -> PollRemark? {
        guard case .inFlight = phase else { return nil }
        phase = .ready(anew: false)
        defer { failures = 0 }
        // A clock that was put back tells nothing about how long it was.
        if conflicts > 0, conflictAt.map({ abs(now - $0) >= Self.calm }) ?? true {
            conflicts = 0
            return .conflictOver
        }
        return failures >= Self.failuresToTell ? .reachable : nil
    }

    /// The poll has failed at `now`, in milliseconds since 1970; `chance` is a number from 0 up to 1.
    mutating func failed(_ error: BotError, at now: Int64, chance: Double) -> PollRemark? {
        guard case .inFlight = phase else { return nil }
        switch error.code {
        case .unauthorized:
            phase = .over(.unauthorized(error.description))
            return nil
        case .conflict(let isWebhook):
            conflicts += 1
            // There is but one webhook, and polls fail as long as it is set.
            conflictAt = isWebhook ? nil : now
            phase = .pausing(Self.pause(Self.conflictPause, number: conflicts), anew: true)
            return conflicts == 1 ? .conflict(isWebhook: isWebhook) : nil
        case .flood(let retryAfter):
            phase = .pausing(retryAfter, anew: false)
            return nil
        case .refused, .migrated, .forbidden, .server, .network:
            failures += 1
            // By chance, so that not all who lost the same server come back at once.
            phase = .pausing(Self.pause(Self.failurePause, number: failures) * (0.5 + chance / 2), anew: false)
            return failures == Self.failuresToTell ? .unreachable(error.description) : nil
        }
    }

    /// What came cannot be kept, or nobody wants any more.
    mutating func stop() { phase = .over(.stopped) }

    /// `first`, doubled each time up to the longest.
    private static func pause(_ first: Duration, number: Int) -> Duration {
        min(first * (1 << min(number - 1, 10)), longestPause)
    }
}

/// What people should hear of a long poll.
enum PollRemark: Hashable, Sendable {
    /// Another program polls with the same token, or a webhook is set.
    case conflict(isWebhook: Bool)
    /// It has gone.
    case conflictOver
    /// There is no way to Telegram, or it is in trouble; in words.
    case unreachable(String)
    /// There is a way again.
    case reachable
}
