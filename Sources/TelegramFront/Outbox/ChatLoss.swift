/// That the bot may not write in a chat, or that the chat is not there: what is due there waits.
public struct ChatLoss: Hashable, Sendable {
    /// How long the first try is put off; from then on as long as it has lasted, up to ``longestPause``.
    static let firstPause = Duration.seconds(60)
    /// The longest from one try to the next.
    static let longestPause = Duration.seconds(24 * 3600)
    /// After so long nobody waits any more: as long as it is remembered what is done.
    static let patience = Duration.seconds(30 * 24 * 3600)

    /// Since when, in milliseconds since 1970.
    public var since: Int64
    /// When it is tried again, in milliseconds since 1970.
    public var until: Int64

    /// Creates a loss.
    public init(since: Int64, until: Int64) {
        self.since = since
        self.until = until
    }

    /// One that is met at `now`, for the first time or after `earlier`; with `isDoubted` it is tried again at once.
    init(at now: Int64, after earlier: ChatLoss?, isDoubted: Bool) {
        // A clock that was put back says nothing of how long it was.
        since = min(earlier?.since ?? now, now)
        let pause = min(max(Self.firstPause.milliseconds, now - since), Self.longestPause.milliseconds)
        until = now + (isDoubted ? 1_000 : pause)
    }

    /// Whether it has lasted for so long that what waits is given up.
    func isFinal(at now: Int64) -> Bool { now - since >= Self.patience.milliseconds }

    /// From when on it is tried again, as seen at `now`: what lies further ahead than it can is from before the clock was
    /// put back.
    func opening(at now: Int64) -> Int64 { until <= now + Self.longestPause.milliseconds ? until : now }
}
