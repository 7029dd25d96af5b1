/// A value with the place it is written.
public struct Placed<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The value.
    public let value: Value
    /// Where it is written.
    public let origin: Origin
    /// The key it is written at, dotted: `profiles.work.model`.
    public let key: String

    /// What a person calls the place: `conf.toml:12: profiles.work.model`.
    public var place: String { "\(origin): \(key)" }
}
