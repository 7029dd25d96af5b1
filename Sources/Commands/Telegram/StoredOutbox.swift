import Conversation
import Store
import TelegramFront

/// The messages of Telegram's bots, kept in the database.
struct StoredOutbox: OutboxStore {
    let tables: TelegramTables

    init(_ tables: TelegramTables) { self.tables = tables }

    func due(of bot: Int64) async throws -> (
        slots: [Slot], holds: [Int64: Int64], losses: [Int64: ChatLoss]
    ) {
        let (rows, holds, losses) = try await tables.due(of: bot)
        return (
            try rows.map(Slot.init), holds, losses.mapValues { ChatLoss(since: $0.since, until: $0.until) }
        )
    }

    func keeps(_ slot: String, bot: Int64) async throws -> Bool { try await tables.keeps(slot, of: bot) }

    func key(of message: Int64, in chat: Int64, bot: Int64) async throws -> String? {
        try await tables.key(of: message, in: chat, bot: bot)
    }

    func place(of slot: String, bot: Int64) async throws -> (chat: Int64, number: Int64)? {
        try await tables.place(of: slot, bot: bot)
    }

    func note(_ stage: Slot.Stage, shown: SlotContent?, of slot: String, bot: Int64) async throws {
        try await tables.note(
            SlotRow.Stage(stage), shown: try shown.map(RowJSON.text), of: slot, bot: bot)
    }

    func sync() async throws { try await tables.sync() }

    func hold(_ chat: Int64, until moment: Int64?, bot: Int64) async throws {
        try await tables.hold(chat, until: moment, bot: bot)
    }

    func lose(_ chat: Int64, _ loss: ChatLoss?, bot: Int64) async throws {
        try await tables.lose(chat, loss.map { LossRow(since: $0.since, until: $0.until) }, bot: bot)
    }

    /// Keeps what `slots` want, in this order behind what is there, and returns them as they are kept now.
    ///
    /// Of a message that is there already only what it should show and its priority change.
    @discardableResult
    func put(_ slots: [Slot], bot: Int64) async throws -> [Slot] {
        try await tables.put(slots.map { try SlotRow($0) }, of: bot).map(Slot.init)
    }
}

extension StoredOutbox: ChatLedger {
    func cursors(of bot: Int64) async throws -> [ChatCursor] {
        try await tables.cursors(of: bot).map(ChatCursor.init)
    }

    func begin(_ cursor: ChatCursor, bot: Int64) async throws -> ChatCursor {
        ChatCursor(try await tables.begin(CursorRow(cursor), of: bot))
    }

    /// In one transaction: a crash leaves both or neither, so no event becomes messages twice.
    @discardableResult
    func put(_ slots: [Slot], upTo cursor: ChatCursor, bot: Int64) async throws -> [Slot] {
        let rows = try slots.map { try SlotRow($0, of: cursor.session) }
        return try await tables.put(rows, upTo: CursorRow(cursor), of: bot).map(Slot.init)
    }
}

extension CursorRow {
    init(_ cursor: ChatCursor) {
        self.init(
            session: cursor.session, chat: cursor.address.chat, topic: cursor.address.topic, cursor: cursor.told,
            resume: cursor.resume, awaited: cursor.awaited)
    }
}

extension ChatCursor {
    fileprivate init(_ row: CursorRow) {
        self.init(
            session: row.session, address: ChatAddress(chat: row.chat, topic: row.topic), resume: row.resume,
            told: row.cursor, awaited: row.awaited)
    }
}

extension SlotRow {
    init(_ slot: Slot, of session: SessionID? = nil) throws {
        self.init(
            key: slot.key, chat: slot.address.chat, topic: slot.address.topic, delivery: Delivery(slot.delivery),
            priority: slot.priority.rawValue, wanted: try RowJSON.text(of: slot.wanted),
            shown: try slot.shown.map(RowJSON.text), stage: Stage(slot.stage), isLoud: slot.isLoud,
            replyTo: slot.replyTo, session: slot.session ?? session)
    }
}

extension SlotRow.Delivery {
    fileprivate init(_ delivery: Slot.Delivery) {
        switch delivery {
        case .filled: self = .filled
        case .once: self = .once
        case .repeated: self = .repeated
        }
    }
}

extension SlotRow.Stage {
    fileprivate init(_ stage: Slot.Stage) {
        switch stage {
        case .new: self = .new
        case .begun: self = .begun
        case .placed(let message): self = .placed(message)
        case .failed(let reason): self = .failed(reason)
        case .withdrawn: self = .withdrawn
        }
    }
}

extension Slot {
    init(_ row: SlotRow) throws {
        let delivery: Delivery =
            switch row.delivery {
            case .filled: .filled
            case .once: .once
            case .repeated: .repeated
            }
        self.init(
            row.key, at: ChatAddress(chat: row.chat, topic: row.topic), try RowJSON.value(in: row.wanted),
            delivery: delivery, priority: Priority(rawValue: row.priority) ?? .final, isLoud: row.isLoud,
            replyTo: row.replyTo, session: row.session)
        shown = try row.shown.map(RowJSON.value)
        stage =
            switch row.stage {
            case .new: .new
            case .begun: .begun
            case .placed(let message): .placed(message)
            case .failed(let reason): .failed(reason)
            case .withdrawn: .withdrawn
            }
    }
}
