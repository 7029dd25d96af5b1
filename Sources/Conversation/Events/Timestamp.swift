/// A moment of wall-clock time.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// The distance to 1970, in UTC, without leap seconds.
    public var millisecondsSince1970: Int64

    /// Creates a moment from its distance to 1970, in milliseconds.
    public init(millisecondsSince1970: Int64) { self.millisecondsSince1970 = millisecondsSince1970 }

    /// Milliseconds from `earlier` to this moment; never negative, since clocks can be set back.
    public func milliseconds(since earlier: Timestamp) -> Int64 {
        max(0, millisecondsSince1970 - earlier.millisecondsSince1970)
    }

    /// Whether `left` is earlier.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }
}
