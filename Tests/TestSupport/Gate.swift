import Synchronization

/// A place where scripted code waits until the test lets it go on, and where the test waits for it to arrive.
///
/// A class with a lock, because a cancelled waiter leaves from whatever thread it is on.
public final class Gate: Sendable {
    private enum Wish: Hashable {
        case open
        case arrivals(Int)
    }

    private struct Waiter {
        var wish: Wish
        /// Resumed with whether the wish came true; it does not when the task is cancelled.
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var isOpen: Bool
        var arrivals = 0
        var lastID = 0
        var waiting: [Int: Waiter] = [:]
        var cancelled: Set<Int> = []

        func isTrue(_ wish: Wish) -> Bool {
            switch wish {
            case .open: isOpen
            case .arrivals(let count): arrivals >= count
            }
        }

        mutating func takeDue() -> [Waiter] {
            let due = waiting.filter { isTrue($0.value.wish) }
            for id in due.keys { waiting[id] = nil }
            return Array(due.values)
        }
    }

    private let state: Mutex<State>

    /// Creates a gate, closed unless told otherwise.
    public init(isOpen: Bool = false) { state = Mutex(State(isOpen: isOpen)) }

    /// Lets everyone pass, now and later.
    public func open() { change { $0.isOpen = true } }

    /// Waits until the gate is open.
    ///
    /// Throws `CancellationError` when the task is cancelled.
    public func pass() async throws {
        change { $0.arrivals += 1 }
        guard await wait(for: .open) else { throw CancellationError() }
    }

    /// Waits until `count` passages were begun in all, or the task is cancelled.
    public func reached(_ count: Int = 1) async { _ = await wait(for: .arrivals(count)) }

    private func change(_ change: (inout State) -> Void) {
        let due = state.withLock { state in
            change(&state)
            return state.takeDue()
        }
        for waiter in due { waiter.continuation.resume(returning: true) }
    }

    private func wait(for wish: Wish) async -> Bool {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isTrue = state.withLock { state -> Bool? in
                    if state.cancelled.remove(id) != nil { return false }
                    if state.isTrue(wish) { return true }
                    state.waiting[id] = Waiter(wish: wish, continuation: continuation)
                    return nil
                }
                if let isTrue { continuation.resume(returning: isTrue) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiting.removeValue(forKey: id)
                if waiter == nil { state.cancelled.insert(id) }
                return waiter
            }
            waiter?.continuation.resume(returning: false)
        }
    }
}
