import Conversation
import Store
import TelegramFront

/// The updates of Telegram, kept in the database.
struct StoredUpdates: UpdateInbox {
    private let tables: TelegramTables

    init(_ tables: TelegramTables) { self.tables = tables }

    func offset(of bot: Int64) async throws -> Int64? { try await tables.offset(of: bot) }

    func keep(_ updates: [KeptUpdate], offset: Int64, ignored: Bool, of bot: Int64) async throws -> [KeptUpdate] {
        try await tables.keep(
            updates.map(UpdateRow.init), offset: offset, ignored: ignored,
            seen: SeenRow.rows(of: updates.map(\.kind)), of: bot
        ).map(KeptUpdate.init)
    }

    func sync() async throws { try await tables.sync() }

    func open(of bot: Int64) async throws -> [KeptUpdate] {
        try await tables.openUpdates(of: bot).map(KeptUpdate.init)
    }

    func open(_ updates: [Int64], of bot: Int64) async throws -> [KeptUpdate] {
        try await tables.openUpdates(updates, of: bot).map(KeptUpdate.init)
    }

    func seal(_ update: KeptUpdate, absorbing others: [Int64], of bot: Int64) async throws {
        try await tables.sealUpdate(UpdateRow(update), absorbing: others, of: bot)
    }

    func close(_ update: Int64, of bot: Int64) async throws { try await tables.closeUpdate(update, of: bot) }
}

extension UpdateRow {
    fileprivate init(_ update: KeptUpdate) throws {
        self.init(
            id: update.id, arrivedAt: update.arrivedAt, payload: try RowJSON.text(of: UpdateWords(update)))
    }
}

extension KeptUpdate {
    fileprivate init(_ row: UpdateRow) throws {
        let update: BotUpdate = try RowJSON.value(in: row.payload)
        let progress: UpdateProgress = try RowJSON.value(in: row.payload)
        self.init(
            id: row.id, arrivedAt: row.arrivedAt, kind: update.kind, isBegun: progress.cm_begun ?? false,
            answer: progress.cm_deed ?? progress.cm_answer?.kept, stop: progress.cm_stop)
    }
}

/// How far an update has come, beside what it says; Telegram never tells it.
private struct UpdateProgress: Decodable {
    var cm_begun: Bool?
    var cm_deed: KeptAnswer?
    var cm_stop: MeantStop?
    /// What older versions kept of an answer in words.
    var cm_answer: WrittenAnswer?
}

/// An answer as the command that says it.
private struct WrittenAnswer: Decodable {
    var inSession: String
    /// `/approve a7`, `/deny a7` or `/answer a7 …`.
    var command: String

    /// The same answer; nil for another command.
    var kept: KeptAnswer? {
        let parts = command.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count >= 2, let id = Approval.ID(parts[1]) else { return nil }
        let decision: ApprovalDecision
        switch (parts[0], parts.count) {
        case ("/approve", 2): decision = .allow
        case ("/deny", 2): decision = .deny(reason: nil)
        case ("/answer", 3): decision = .answer(parts[2])
        default: return nil
        }
        return KeptAnswer(id, decision, in: SessionID(rawValue: inSession))
    }
}

/// An update in Telegram's own words, as far as they are of use.
///
/// Read by the reader for what Telegram sends, so that a row of an older version is never worse than an odd update.
private struct UpdateWords: Encodable {
    var update_id: Int64
    var message: BotMessage?
    var edited_message: BotMessage?
    var callback_query: ButtonPress?
    var my_chat_member: ChatMembership?
    /// See ``UpdateProgress``, and the next one.
    var cm_begun: Bool?
    var cm_deed: KeptAnswer?
    var cm_stop: MeantStop?

    init(_ update: KeptUpdate) {
        update_id = update.id
        cm_begun = update.isBegun ? true : nil
        cm_deed = update.answer
        cm_stop = update.stop
        switch update.kind {
        case .message(let message): self.message = message
        case .edited(let message): edited_message = message
        case .pressed(let press): callback_query = press
        case .membership(let membership): my_chat_member = membership
        case .unknown: break
        }
    }
}
