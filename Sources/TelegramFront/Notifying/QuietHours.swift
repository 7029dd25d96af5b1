/// The hours of each day in which a chat stays quiet, by the clock on the wall.
public struct QuietHours: Hashable, Sendable {
    /// The first minute of the day that belongs to them.
    public var from: Int
    /// The first minute of the day that does not; they go over midnight where it is not behind ``from``.
    public var to: Int

    /// Creates hours from minutes of the day, 0 up to 1,439.
    public init(from: Int, to: Int) {
        self.from = from
        self.to = to
    }

    /// Whether that minute of the day belongs to them.
    func contains(_ minute: Int) -> Bool {
        from < to ? (from..<to).contains(minute) : minute >= from || minute < to
    }
}
