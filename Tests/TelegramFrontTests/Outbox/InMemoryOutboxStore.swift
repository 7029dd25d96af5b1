import TelegramFront
import TestSupport

/// Keeps messages as the database does, and outlives every outbox.
actor InMemoryOutboxStore: OutboxStore {
    /// What is thrown where the next note is refused.
    struct Refused: Error {}

    /// By place.
    private(set) var slots: [Slot] = []
    private(set) var holds: [Int64: Int64] = [:]
    private(set) var losses: [Int64: ChatLoss] = [:]
    /// The numbers of the messages that were placed, by key.
    private var numbers: [String: Int64] = [:]
    private var refusesNote = false
    private var watching: [(gate: Gate, isSeen: @Sendable ([Slot]) -> Bool)] = []

    func put(_ wishes: [Slot], bot: Int64) -> [Slot] {
        defer { look() }
        return wishes.map { wish in
            guard let index = slots.firstIndex(where: { $0.key == wish.key }) else {
                slots.append(wish)
                return wish
            }
            (slots[index].wanted, slots[index].priority) = (wish.wanted, wish.priority)
            slots[index].session = slots[index].session ?? wish.session
            if slots[index].stage == .withdrawn { slots[index].stage = numbers[wish.key].map { .placed($0) } ?? .new }
            return slots[index]
        }
    }

    func keeps(_ slot: String, bot: Int64) -> Bool { self[slot] != nil }

    func key(of message: Int64, in chat: Int64, bot: Int64) -> String? {
        slots.first { $0.address.chat == chat && $0.stage == .placed(message) }?.key
    }

    func place(of slot: String, bot: Int64) -> (chat: Int64, number: Int64)? {
        guard let slot = self[slot], case .placed(let number) = slot.stage else { return nil }
        return (slot.address.chat, number)
    }

    func due(of bot: Int64) -> (slots: [Slot], holds: [Int64: Int64], losses: [Int64: ChatLoss]) {
        (slots.filter { $0.isDue || ($0.stage == .begun && $0.delivery == .once) }, holds, losses)
    }

    /// Refuses the next note, as a disk does that is full for a moment.
    func refuseNote() { refusesNote = true }

    func note(_ stage: Slot.Stage, shown: SlotContent?, of slot: String, bot: Int64) throws {
        guard !refusesNote else {
            refusesNote = false
            throw Refused()
        }
        defer { look() }
        guard let index = slots.firstIndex(where: { $0.key == slot }) else { return }
        switch stage {
        case .placed(let number): numbers[slot] = number
        case .new: numbers[slot] = nil
        case .begun, .failed, .withdrawn: break
        }
        slots[index].stage = stage
        slots[index].shown = shown
    }

    func sync() {}

    func hold(_ chat: Int64, until moment: Int64?, bot: Int64) { holds[chat] = moment }

    func lose(_ chat: Int64, _ loss: ChatLoss?, bot: Int64) {
        losses[chat] = loss
        look()
    }

    subscript(key: String) -> Slot? { slots.first { $0.key == key } }

    /// Returns when this is true of the messages, which is asked after each change.
    func wait(until isSeen: @escaping @Sendable ([Slot]) -> Bool) async throws {
        let gate = Gate()
        watching.append((gate, isSeen))
        look()
        try await gate.pass()
    }

    /// Returns when nothing is due.
    func settled() async throws { try await wait { !$0.contains(where: \.isDue) } }

    private func look() {
        watching.removeAll { watcher in
            guard watcher.isSeen(slots) else { return false }
            watcher.gate.open()
            return true
        }
    }
}
