public import Conversation
import Synchronization

/// A chronicle that remembers everything it was told.
///
/// A class with a lock: the core tells it from its loop, and the test looks.
public final class RecordingChronicle: Chronicle {
    private let state = Mutex<[Exchange]>([])

    /// Creates an empty chronicle.
    public init() {}

    /// Everything so far, in order.
    public var exchanges: [Exchange] { state.withLock(\.self) }

    /// Remembers `exchange`.
    public func note(_ exchange: Exchange) { state.withLock { $0.append(exchange) } }
}
