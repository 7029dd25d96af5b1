/// Why a host does not hand its core over.
public struct HandOverRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence for whoever wanted it.
    public var reason: String

    /// Creates a refusal.
    public init(_ reason: String) { self.reason = reason }

    /// The reason.
    public var description: String { reason }
}
