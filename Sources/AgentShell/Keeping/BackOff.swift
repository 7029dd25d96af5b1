/// How long to wait before a process is started again by itself.
struct BackOff {
    /// Failures in a row after which only a demand starts it again.
    private static let limit = 8
    /// Whoever lived this long did not fail at its start.
    private static let stable: Duration = .seconds(60)

    private var failures = 0

    /// Takes in that a process ended, `lifetime` after it was ready; nil when it never was.
    ///
    /// Returns the time to wait: 1 s, doubled with each failure in a row, at most 60 s. nil when it is not to be
    /// started by itself: it has never answered, or has failed too often.
    mutating func ended(after lifetime: Duration?) -> Duration? {
        guard let lifetime else {
            // Once it has worked, a failed start counts as one more failure.
            guard failures > 0 else { return nil }
            return next()
        }
        if lifetime >= Self.stable { failures = 0 }
        return next()
    }

    private mutating func next() -> Duration? {
        failures += 1
        guard failures <= Self.limit else {
            failures = 0
            return nil
        }
        return min(.seconds(1 << (failures - 1)), .seconds(60))
    }
}
