/// That a chat cannot be written to.
public struct LossRow: Hashable, Sendable {
    /// Since when, in milliseconds since 1970.
    public var since: Int64
    /// When it is tried again, in milliseconds since 1970.
    public var until: Int64

    /// Creates a row.
    public init(since: Int64, until: Int64) { (self.since, self.until) = (since, until) }
}
