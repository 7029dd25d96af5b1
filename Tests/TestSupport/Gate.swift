import Synchronization

/// A place where scripted code waits until the test lets it go on, and where the test waits for it to arrive.
///
/// A class with a lock, because a cancelled waiter leaves from whatever thread it is on.
public final class Gate: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var isOpen: Bool
        var arrivals = 0
        var lastID = 0
        var waiting: [Int: Waiter] = [:]
        var cancelled: Set<Int> = []
        var watching: [(arrivals: Int, watcher: CheckedContinuation<Void, Never>)] = []

        /// Returns what to resume the waiter with, nil when it has to wait, and who waited for it to arrive.
        mutating func arrive(
            _ id: Int, _ waiter: Waiter
        ) -> (result: Result<Void, any Error>?, watchers: [CheckedContinuation<Void, Never>]) {
            arrivals += 1
            let watchers = watching.filter { $0.arrivals <= arrivals }.map(\.watcher)
            watching.removeAll { $0.arrivals <= arrivals }
            if cancelled.remove(id) != nil { return (.failure(CancellationError()), watchers) }
            if isOpen { return (.success(()), watchers) }
            waiting[id] = waiter
            return (nil, watchers)
        }
    }

    private let state: Mutex<State>

    /// Creates a gate, closed unless told otherwise.
    public init(isOpen: Bool = false) { state = Mutex(State(isOpen: isOpen)) }

    /// Lets everyone pass, now and later.
    public func open() {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            state.isOpen = true
            return state.waiting.values.map(\.self)
        }
        for waiter in waiting { waiter.resume() }
    }

    /// Lets nobody pass any more.
    public func close() { state.withLock { $0.isOpen = false } }

    /// Waits until the gate is open.
    ///
    /// On cancellation throws `CancellationError`.
    public func pass() async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { arrive(id, $0) }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiting.removeValue(forKey: id)
                if waiter == nil { state.cancelled.insert(id) }
                return waiter
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Waits until `count` passages were begun in all.
    public func reached(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.arrivals < count { state.watching.append((count, continuation)) }
                return state.arrivals >= count
            }
            if isReached { continuation.resume() }
        }
    }

    private func arrive(_ id: Int, _ waiter: Waiter) {
        let (result, watchers) = state.withLock { $0.arrive(id, waiter) }
        if let result { waiter.resume(with: result) }
        for watcher in watchers { watcher.resume() }
    }
}
