import Synchronization

/// How often something happened.
///
/// A class, because two tasks look at it.
public final class Counter: Sendable {
    private let state = Mutex(0)

    /// Creates a counter that shows zero.
    public init() {}

    /// How often it happened up to now.
    public var count: Int { state.withLock { $0 } }

    /// Counts once more.
    public func add() { state.withLock { $0 += 1 } }
}
