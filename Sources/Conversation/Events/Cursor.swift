/// A place in the one order of everything that is on disk.
///
/// Grows by one with each durable record of the workspace.
public struct Cursor: RawRepresentable, Hashable, Comparable, Sendable {
    /// The number of durable records up to and including this one.
    public var rawValue: Int64

    /// Takes `rawValue` as it is.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Before the first record.
    public static let start = Cursor(rawValue: 0)

    package var next: Cursor { Cursor(rawValue: rawValue + 1) }

    /// Whether `left` comes before `right`.
    public static func < (left: Cursor, right: Cursor) -> Bool { left.rawValue < right.rawValue }
}
