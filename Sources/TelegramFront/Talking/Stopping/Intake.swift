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
        let isMessage: Bool
        let conversation: SessionID
        /// The command that it is; nil for none.
        let command: String?
        let isSlow: Bool
        /// Counts what has arrived.
        let place: Int
        var stage = Stage.coming
        /// Made by whoever waits for it: there may be ten thousand of these.
        var stopped: Signal?
        var ended: Signal?
    }

    private struct State {
        var items: [Int64: Item] = [:]
        var count = 0

        /// What is before the update, in order.
        func before(_ update: Int64) -> [(key: Int64, value: Item)] {
            guard let item = items[update] else { return [] }
            return items.filter { $0.value.conversation == item.conversation && $0.value.place < item.place }
                .sorted { $0.value.place < $1.value.place }
        }

        /// What is given when the update was dealt with, or stopped; nil when it is through.
        mutating func signal(_ signal: WritableKeyPath<Item, Signal?>, of update: Int64) -> Signal? {
            guard items[update] != nil else { return nil }
            let made = items[update]?[keyPath: signal] ?? Signal()
            items[update]?[keyPath: signal] = made
            return made
        }
    }

    private let state = Locked(State())

    // MARK: Who deals with it

    /// Notes that `update` has arrived in `conversation`, behind all that has been noted; `command` is which one it is.
    func begin(_ update: KeptUpdate, in conversation: SessionID, command: String?, isSlow: Bool) {
        state.withLock { state in
            state.count += 1
            let isMessage = if case .message = update.kind { true } else { false }
            state.items[update.id] = Item(
                isMessage: isMessage, conversation: conversation, command: command, isSlow: isSlow, place: state.count)
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
        let (isStopped, signal) = state.withLock { state in
            (state.items[update]?.stage == .stopped, state.signal(\.stopped, of: update))
        }
        guard !isStopped else { return nil }
        guard let stopped = signal else { return try await body() }
        return try await stopped.unlessGiven(body)
    }

    /// Notes that all of `updates` was dealt with.
    func end(_ updates: [Int64]) {
        for item in state.withLock({ state in updates.compactMap { state.items.removeValue(forKey: $0) } }) {
            item.ended?.give()
        }
    }

    // MARK: Who comes later

    /// Returns when `update` was dealt with; throws `CancellationError`.
    func ended(_ update: Int64) async throws {
        try await state.withLock { $0.signal(\.ended, of: update) }?.given()
    }

    /// Returns when each `/attach` before `update` was dealt with, but for those that are behind something slow, or behind
    /// what waits for an agent; throws `CancellationError`.
    func attached(before update: Int64) async throws {
        let quick = state.withLock { state in
            state.before(update).prefix { !$0.value.isSlow && $0.value.command != "steer" }.filter {
                $0.value.command == "attach"
            }
            .compactMap { state.signal(\.ended, of: $0.key) }
        }
        for attached in quick { try await attached.given() }
    }

    /// The messages for the agent before `update` that are on their way and were not stopped, in order.
    func messages(before update: Int64) -> [Int64] {
        state.withLock { state in
            state.before(update).filter { _, item in
                item.isMessage && item.stage != .stopped && (item.command == nil || item.command == "steer")
            }.map(\.key)
        }
    }

    /// Keeps the updates of each of `messages` from being handed in; returns nil for it, or else the first of them that is
    /// being handed in or was dealt with, where none is kept from that.
    ///
    /// All at once: what is behind the first goes on as soon as that is stopped.
    func stop(_ messages: [[Int64]]) -> [Int64?] {
        let (gone, stopped) = state.withLock { state in
            var gone: [Int64?] = [], stopped: [Signal] = []
            for updates in messages {
                let known = updates.filter { state.items[$0] != nil }
                // Of messages that were joined meanwhile only the one is known that says what all say.
                let first = known.isEmpty ? updates.first : known.first { state.items[$0]?.stage != .coming }
                gone.append(first)
                guard first == nil else { continue }
                for update in known { state.items[update]?.stage = .stopped }
                stopped += known.compactMap { state.items[$0]?.stopped }
            }
            return (gone, stopped)
        }
        for signal in stopped { signal.give() }
        return gone
    }
}
