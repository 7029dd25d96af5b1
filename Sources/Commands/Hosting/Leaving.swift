import Locking

/// Whether the front has ended, and why.
///
/// A class with a lock: signals and the front come from different tasks.
final class Leaving: Sendable {
    private let state = Locked((hasBegun: false, wasInterrupted: false))

    func begin() { state.withLock { $0.hasBegun = true } }
    func interrupt() { state.withLock { $0.wasInterrupted = true } }

    var hasBegun: Bool { state.withLock(\.hasBegun) }
    var wasInterrupted: Bool { state.withLock(\.wasInterrupted) }
}
