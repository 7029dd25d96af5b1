import Synchronization

/// Something that happened or not.
///
/// A class, because two tasks look at it.
public final class Flag: Sendable {
    private let state = Mutex(false)

    /// Creates a flag that is not set.
    public init() {}

    /// Whether it was set.
    public var isSet: Bool { state.withLock { $0 } }

    /// Sets it for good.
    public func set() { state.withLock { $0 = true } }
}
