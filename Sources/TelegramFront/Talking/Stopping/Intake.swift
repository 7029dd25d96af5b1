import Conversation
import Locking

/// What has arrived in each conversation and is not dealt with, in order: what is written later can tell what is before
/// it, and keep that from being handed in.
///
/// What is stopped here is on disk soon after, with what has stopped it; until then it is open there, and begun anew after
/// a crash. A class with a lock, because updates are dealt with in many tasks.
final class Intake: Sendable {
    private enum Stage {
        case coming
        /// It is handed in, or answered: nothing keeps it from that any more.
        case entered
        case stopped
    }

    private struct Item {
        let update: KeptUpdate
        let conversation: SessionID
        /// The command that it is; nil for none.
        let command: String?
        let isSlow: Bool
        /// Counts what has arrived.
        let place: Int
        var stage = Stage.coming
        let stopped = Signal()
        let ended = Signal()
    }

    private struct State {
        var items: [Int64: Item] = [:]
        var count = 0

        /// What is before the update, in order.
        func before(_ update: Int64) -> [Item] {
            guard let item = items[update] else { return [] }
            return items.values.filter { $0.conversation == item.conversation && $0.place < item.place }
                .sorted { $0.place < $1.place }
        }
    }

    private let state = Locked(State())

    // MARK: Who deals with it

    /// Notes that `update` has arrived in `conversation`, behind all that has been noted; `command` is which one it is.
    func begin(_ update: KeptUpdate, in conversation: SessionID, command: String?, isSlow: Bool) {
        state.withLock { state in
            state.count += 1
            state.items[update.id] = Item(
                update: update, conversation: conversation, command: command, isSlow: isSlow, place: state.count)
        }
    }

    /// Whether `update` may be handed in or answered, which nothing keeps it from then; false when it was stopped.
    func enter(_ update: Int64) -> Bool {
        state.withLock { state in
            guard state.items[update]?.stage != .stopped else { return false }
            state.items[update]?.stage = .entered
            return true
        }
    }

    /// Whether `update` is not to be handed in.
    func isStopped(_ update: Int64) -> Bool { state.withLock { $0.items[update]?.stage == .stopped } }

    /// What `body` returns; nil when `update` is stopped before, which cancels it.
    func unlessStopped<Value: Sendable>(
        _ update: Int64, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        guard let stopped = state.withLock({ $0.items[update]?.stopped }) else { return try await body() }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await stopped.given()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    /// Notes that all of `updates` was dealt with.
    func end(_ updates: [Int64]) {
        for item in state.withLock({ state in updates.compactMap { state.items.removeValue(forKey: $0) } }) {
            item.ended.give()
        }
    }

    // MARK: Who comes later

    /// Returns when `update` was dealt with; throws `CancellationError`.
    func ended(_ update: Int64) async throws {
        try await state.withLock { $0.items[update]?.ended }?.given()
    }

    /// Returns when each `/attach` before `update` was dealt with, but for those that are behind something slow; throws
    /// `CancellationError`.
    func attached(before update: Int64) async throws {
        let quick = state.withLock { $0.before(update).prefix { !$0.isSlow } }
        for item in quick where item.command == "attach" { try await item.ended.given() }
    }

    /// The messages for the agent before `update` that are on their way and were not stopped, in order.
    func messages(before update: Int64) -> [KeptUpdate] {
        state.withLock { state in
            state.before(update).filter { item in
                guard case .message = item.update.kind else { return false }
                // What was found to be an answer is none.
                return item.stage != .stopped && item.update.answer == nil
                    && (item.command == nil || item.command == "steer")
            }.map(\.update)
        }
    }

    /// Keeps all of `updates` from being handed in; where one is being handed in, none, and that one is returned.
    func stop(_ updates: [Int64]) -> Int64? {
        let (entered, stopped) = state.withLock { state -> (Int64?, [Signal]) in
            if let entered = updates.first(where: { state.items[$0]?.stage == .entered }) { return (entered, []) }
            for update in updates { state.items[update]?.stage = .stopped }
            return (nil, updates.compactMap { state.items[$0]?.stopped })
        }
        for signal in stopped { signal.give() }
        return entered
    }
}
