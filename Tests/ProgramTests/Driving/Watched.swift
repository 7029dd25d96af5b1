import Dispatch
import Synchronization

/// A value that threads change and tests wait for.
///
/// A class with a lock: what changes it are threads that block in system calls.
final class Watched<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        /// Counts the changes, so that none is missed between a look and the wait.
        var version = 0
        var nextID = 0
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    }

    private let state: Mutex<State>

    init(_ value: Value) { state = Mutex(State(value: value)) }

    var value: Value { state.withLock { $0.value } }

    func change(_ body: (inout Value) -> Void) {
        let waiting = state.withLock { state in
            body(&state.value)
            state.version += 1
            defer { state.waiting = [:] }
            return state.waiting.values.map(\.self)
        }
        for continuation in waiting { continuation.resume(returning: true) }
    }

    /// Waits until `attempt` returns a value, and returns it; nil when `limit` is over first.
    func wait<Found: Sendable>(
        within limit: Duration, until attempt: @Sendable (inout Value) -> Found?
    ) async -> Found? {
        let deadline = ContinuousClock.now + limit
        while true {
            let (found, version) = state.withLock { state in (attempt(&state.value), state.version) }
            if let found { return found }
            guard await hasChanged(since: version, before: deadline) else { return nil }
        }
    }

    private func hasChanged(since version: Int, before deadline: ContinuousClock.Instant) async -> Bool {
        await withCheckedContinuation { continuation in
            let id = state.withLock { state -> Int? in
                guard state.version == version else { return nil }
                state.nextID += 1
                state.waiting[state.nextID] = continuation
                return state.nextID
            }
            guard let id else { return continuation.resume(returning: true) }
            let left = max(.zero, ContinuousClock.now.duration(to: deadline)) / .milliseconds(1)
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(left.rounded(.up)))) { [weak self] in
                self?.giveUp(id)
            }
        }
    }

    private func giveUp(_ id: Int) {
        let continuation = state.withLock { $0.waiting.removeValue(forKey: id) }
        continuation?.resume(returning: false)
    }
}
