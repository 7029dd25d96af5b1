/// An update of Telegram that is kept and not dealt with.
public struct UpdateRow: Hashable, Sendable {
    /// What Telegram calls it.
    public var id: Int64
    /// When it came, in milliseconds since 1970.
    public var arrivedAt: Int64
    /// What it says, as JSON.
    public var payload: String

    /// Creates a row.
    public init(id: Int64, arrivedAt: Int64, payload: String) {
        self.id = id
        self.arrivedAt = arrivedAt
        self.payload = payload
    }
}
