import Dispatch
import Locking

/// Rings whenever something changes, so that tests need not look again and again.
///
/// A class with a lock, because it is rung on the server's threads.
final class Bell: Sendable {
    private struct State {
        var rings = 0
        var waiting: [Gate] = []
    }

    private let state = Locked(State())

    /// Wakes all who wait.
    func ring() {
        let waiting = state.withLock { state in
            state.rings += 1
            defer { state.waiting = [] }
            return state.waiting
        }
        for gate in waiting { gate.open() }
    }

    /// The first value that `look` has, which is asked now and after each ring; `nil` when there is none within `limit`.
    ///
    /// Throws `CancellationError` when the task is cancelled.
    func value<Value>(within limit: Duration, _ look: () throws -> Value?) async throws -> Value? {
        let isOver = Flag()
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + .milliseconds(Int(limit / .milliseconds(1))))
        timer.setEventHandler { [self] in
            isOver.set()
            ring()
        }
        timer.activate()
        defer { timer.cancel() }
        while true {
            let rings = state.withLock(\.rings)
            if let value = try look() { return value }
            if isOver.isSet { return nil }
            let gate = Gate()
            state.withLock { state in
                if state.rings == rings { state.waiting.append(gate) } else { gate.open() }
            }
            try await gate.pass()
        }
    }
}
