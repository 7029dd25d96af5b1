/// Parameters or a result without members, or whose members do not matter.
public struct Empty: Codable, Hashable, Sendable {
    /// Creates the only value there is.
    public init() {}
}
