import Locking

/// Whether a script is to stop.
///
/// A class with a lock, because it is said on any task, while the next line is waited for on a thread.
final class ScriptStop: Sendable {
    private struct State {
        var hasCome = false
        /// Ends the wait for a line; nil while none is awaited.
        var wake: WakePipe?
    }

    private let state = Locked(State())

    /// Whether it is to stop.
    var hasCome: Bool { state.withLock { $0.hasCome } }

    /// It is to stop, for good.
    func come() {
        state.withLock { state in
            state.hasCome = true
            state.wake?.wake()
        }
    }

    /// From now on, until it is nil, `wake` is woken when the script is to stop; at once when it is already.
    func wakes(_ wake: WakePipe?) {
        state.withLock { state in
            state.wake = wake
            if state.hasCome { wake?.wake() }
        }
    }
}
