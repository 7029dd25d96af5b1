import Conversation
import Store
import TelegramFront

extension StoredOutbox: AttachmentLedger {
    func attachments(of bot: Int64) async throws -> [ChatAddress: SessionID] {
        let rows = try await tables.attachments(of: bot)
        return Dictionary(rows.map { (ChatAddress(chat: $0.chat, topic: $0.topic), $0.session) }) { first, _ in first }
    }

    func attach(
        _ cursor: ChatCursor, isOwn: Bool, leaving left: ChatCursor?, telling slots: [Slot], bot: Int64
    ) async throws -> [Slot] {
        let rows = try slots.map { try SlotRow($0) }
        return try await tables.attach(
            CursorRow(cursor), isOwn: isOwn, leaving: left.map(CursorRow.init), telling: rows, of: bot
        ).map(Slot.init)
    }

    func slots(under prefix: String, bot: Int64) async throws -> [Slot] {
        try await tables.slots(under: prefix, of: bot).map(Slot.init)
    }

    func leave(
        _ cursor: ChatCursor, isOwn: Bool, isBarred: Bool, telling slots: [Slot], bot: Int64
    ) async throws -> [Slot] {
        let rows = try slots.map { try SlotRow($0) }
        return try await tables.leave(
            CursorRow(cursor), isOwn: isOwn, isBarred: isBarred, telling: rows, of: bot
        ).map(Slot.init)
    }
}
