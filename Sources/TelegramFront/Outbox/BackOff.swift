/// How long to leave somebody alone who failed several times in a row.
struct BackOff: Hashable, Sendable {
    /// The first pause; doubled up to ``longest``, and shortened by chance to as little as a half.
    static let first = Duration.seconds(1)
    /// The longest pause.
    static let longest = Duration.seconds(60)

    private var failures = 0

    /// The pause after one more failure; `chance` is a number from 0 up to 1.
    mutating func fail(chance: Double) -> Duration {
        failures += 1
        // By chance, so that not all who lost the same server come back at once.
        return min(Self.first * (1 << min(failures - 1, 10)), Self.longest) * (0.5 + chance / 2)
    }

    /// It went well, or was at least answered.
    mutating func reset() { failures = 0 }
}
