/// How fast something may go on: so many at once, and one more each `interval`.
public struct Rate: Hashable, Sendable {
    /// The most at once.
    public var burst: Int
    /// How long it takes until one more may go.
    public var interval: Duration

    /// Creates a rate; `burst` is at least 1.
    public init(burst: Int, interval: Duration) {
        self.burst = max(burst, 1)
        self.interval = interval
    }
}

/// Lets through what a rate allows.
///
/// Moments are in milliseconds since 1970.
struct Bucket: Hashable, Sendable {
    private let burst: Double
    /// In milliseconds; 0 lets everything through.
    private let interval: Double
    private var level: Double
    private var measuredAt: Int64 = 0

    /// A full one.
    init(_ rate: Rate) {
        burst = Double(rate.burst)
        interval = max(0, rate.interval / .milliseconds(1))
        level = burst
    }

    /// Whether it is as if nothing had ever gone through.
    func isFull(at now: Int64) -> Bool { level(at: now) >= burst }

    /// From when on one may go through, so that `rest` could follow at once.
    func opening(leaving rest: Int, at now: Int64) -> Int64 {
        let missing = min(Double(rest + 1), burst) - level(at: now)
        return missing > 0 ? now + Int64((missing * interval).rounded(.up)) : now
    }

    /// Lets one through.
    mutating func take(at now: Int64) {
        level = max(0, level(at: now) - 1)
        measuredAt = now
    }

    private func level(at now: Int64) -> Double {
        // A clock that was put back says nothing of how long it was.
        guard interval > 0, now >= measuredAt else { return burst }
        return min(burst, level + Double(now - measuredAt) / interval)
    }
}
