/// How long a bot rests that has failed, so that one that fails at once does not do so for ever at full speed.
struct BotBackOff: Hashable, Sendable {
    /// The first rest; doubled up to ``longest``.
    static let first = Duration.seconds(5)
    /// The longest rest.
    static let longest = Duration.seconds(300)
    /// Who ran that long ran well, and what failed before counts no more.
    static let steady = Duration.seconds(600)

    private var failures = 0

    /// The rest after a run of that length that has failed.
    mutating func rest(after run: Duration) -> Duration {
        if run >= Self.steady { failures = 0 }
        failures += 1
        return min(Self.first * (1 << min(failures - 1, 10)), Self.longest)
    }
}
