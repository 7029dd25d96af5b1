import Conversation
import Store
import TelegramFront
import Testing

@testable import Commands

@Suite struct StoredNotificationsTests {
    private let state: TestDatabase
    private let bot: Int64 = 7

    init() throws { state = try TestDatabase() }

    private func ledger() throws -> NotificationTables { NotificationTables(try Database(in: state.directory)) }

    @Test func `what is kept is found by the bot, and once taken in by nobody`() async throws {
        let time = Timestamp(millisecondsSince1970: 5)
        let announcement = Announcement(.warning, key: "a", "codex is down", of: "agent")
        let kept = try await ledger().keep(announcement, at: time)
        try await ledger().keepQuiet(until: time)
        let desk = StoredNotifications(try state.tables())
        let mail = try await desk.mail(for: bot)
        #expect(mail == NotificationMail(kept: [kept], dropped: 0, quietUntil: 5, state: nil))
        let slot = Slot("digest", at: ChatAddress(chat: 5), SlotContent("codex is down"))
        let put = try await desk.put([slot], "{}", after: mail, bot: bot)
        #expect(put == [slot])
        let next = try await StoredNotifications(state.tables()).mail(for: bot)
        #expect(next == NotificationMail(kept: [], dropped: 0, quietUntil: 5, state: "{}"))
        let standing = try await ledger().standing()
        #expect(standing.waiting.isEmpty)
        let due = try await StoredOutbox(state.tables()).due(of: bot)
        #expect(due.slots == [slot])
    }

    @Test func `in a workspace where nothing went on there is nothing to tell`() async throws {
        let activity = try await StoredNotifications(state.tables()).activity(since: 0, exceptWith: 5)
        #expect(activity == Activity())
    }
}
