import Conversation
import Foundation
import Store
import TelegramFront
import Testing

@testable import Commands

@Suite struct StoredUpdatesTests {
    private let state: TestDatabase

    init() throws { state = try TestDatabase() }

    /// What a kind of update is in Telegram's words.
    private static let updates = [
        """
        {"update_id": 11, "message": {"message_id": 3, "date": 1700000000,
            "chat": {"id": -1009007199254740991, "type": "supergroup", "title": "Team é", "is_forum": true},
            "from": {"id": 4503599627370495, "is_bot": false, "first_name": "Ann", "last_name": "B", "username": "ann"},
            "message_thread_id": 8, "is_topic_message": true, "text": "/go \\u0000 <now> 😀/",
            "entities": [{"type": "bot_command", "offset": 0, "length": 3},
                {"type": "text_link", "offset": 1, "length": 2, "url": "https://example.com/a?b=c"}],
            "reply_to_message": {"message_id": 2, "from": {"id": 7, "is_bot": true, "first_name": "cm"}},
            "forward_origin": {"type": "user"}}}
        """,
        """
        {"update_id": 12, "message": {"message_id": 4, "date": 1700000000, "chat": {"id": 5, "type": "private"},
            "caption": "see", "caption_entities": [{"type": "pre", "offset": 0, "length": 3, "language": "swift"}],
            "document": {"file_id": "f", "file_name": "a.txt", "mime_type": "text/plain", "file_size": 12},
            "photo": [{"file_id": "p", "file_size": 1}, {"file_id": "q"}], "media_group_id": "13",
            "audio": {"file_id": "a"}, "video": {"file_id": "v"}, "voice": {"file_id": "o"},
            "video_note": {"file_id": "n"}, "sticker": {"file_id": "s"}}}
        """,
        """
        {"update_id": 13, "edited_message": {"message_id": 4, "date": 1700000000, "chat": {"id": -5, "type": "group"},
            "sender_chat": {"id": -5, "type": "group"}, "migrate_to_chat_id": -100}}
        """,
        """
        {"update_id": 14, "callback_query": {"id": "c", "from": {"id": 1, "is_bot": false, "first_name": "Ann"},
            "data": "a:1", "message": {"message_id": 4, "chat": {"id": -5, "type": "group"}, "message_thread_id": 2}}}
        """,
        """
        {"update_id": 15, "my_chat_member": {"chat": {"id": -5, "type": "group"}, "new_chat_member": {"status": "left"},
            "from": {"id": 1, "is_bot": false, "first_name": "Ann"}}}
        """,
        """
        {"update_id": 16, "poll": {"id": "p"}}
        """,
    ]

    private func kept() throws -> [KeptUpdate] {
        try Self.updates.map {
            let update = try JSONDecoder().decode(BotUpdate.self, from: Data($0.utf8))
            return KeptUpdate(id: update.id, arrivedAt: TestDatabase.now, kind: update.kind)
        }
    }

    @Test func `each kind of update is the same when it was kept`() async throws {
        let updates = try kept()
        #expect(updates.filter { $0.kind == .unknown }.map(\.id) == [16])
        let new = try await StoredUpdates(state.tables()).keep(updates, offset: 17, ignored: false, of: 7)
        #expect(new == updates)
        let inbox = StoredUpdates(try state.tables())
        let (open, offset) = try await (inbox.open(of: 7), inbox.offset(of: 7))
        #expect(open == updates)
        #expect(offset == 17)
    }

    @Test func `what is new is told once, and what is open until it is closed`() async throws {
        let inbox = StoredUpdates(try state.tables())
        let updates = try kept()
        _ = try await inbox.keep(Array(updates.prefix(3)), offset: 14, ignored: false, of: 7)
        try await inbox.close(12, of: 7)
        let new = try await inbox.keep(updates, offset: 17, ignored: false, of: 7)
        #expect(new.map(\.id) == [14, 15, 16])
        let open = try await inbox.open(of: 7)
        #expect(open.map(\.id) == [11, 13, 14, 15, 16])
    }

    @Test func `an album that was settled is one update from then on`() async throws {
        let inbox = StoredUpdates(try state.tables())
        let updates = try kept()
        _ = try await inbox.keep(updates, offset: 17, ignored: false, of: 7)
        guard case .message(var first) = updates[0].kind, case .message(let second) = updates[1].kind else { return }
        first.others = [second]
        let joined = KeptUpdate(id: 11, arrivedAt: TestDatabase.now, kind: .message(first))
        try await inbox.seal(joined, absorbing: [12], of: 7)
        let open = try await StoredUpdates(state.tables()).open(of: 7)
        #expect(open == [joined] + updates.dropFirst(2))
        // Telegram may tell the others again.
        let again = try await inbox.keep(updates, offset: 17, ignored: false, of: 7)
        #expect(again.isEmpty)
    }

    @Test func `what was begun is known to be so at the next start, until it is closed`() async throws {
        let inbox = StoredUpdates(try state.tables())
        let updates = try kept()
        _ = try await inbox.keep(updates, offset: 17, ignored: false, of: 7)
        var begun = updates[1]
        begun.isBegun = true
        begun.answer = KeptAnswer(
            Approval.ID(rawValue: 7), .answer("“blue”\n"), in: SessionID(rawValue: "tg:-100:5:42"))
        try await inbox.seal(begun, absorbing: [], of: 7)
        let open = try await StoredUpdates(state.tables()).open(of: 7)
        #expect(open == [updates[0], begun] + updates.dropFirst(2))
        try await inbox.close(begun.id, of: 7)
        let left = try await inbox.open(of: 7)
        #expect(left == [updates[0]] + updates.dropFirst(2))
    }

    @Test(
        arguments: [
            ("/approve a7", .allow), ("/deny a7", .deny(reason: nil)),
            ("/answer a7 a dark\nred", .answer("a dark\nred")),
            ("/stop a7", nil), ("", nil), ("/answer a7", nil), ("/approve x", nil),
        ] as [(String, ApprovalDecision?)])
    func `an answer that an older version kept in words is the same answer`(
        command: String, decision: ApprovalDecision?
    ) async throws {
        let update = try kept()[0], session = SessionID(rawValue: "tg:-100:5:42")
        let older = try JSONSerialization.data(withJSONObject: ["inSession": session.rawValue, "command": command])
        let tables = try state.tables()
        let words = try #require(Self.updates.first).dropLast()
        let payload = "\(words), \"cm_answer\": \(String(decoding: older, as: UTF8.self))}"
        _ = try await tables.keep(
            [UpdateRow(id: 11, arrivedAt: TestDatabase.now, payload: payload)], offset: 12, of: 7)
        var expected = update
        expected.answer = decision.map { KeptAnswer(Approval.ID(rawValue: 7), $0, in: session) }
        let open = try await StoredUpdates(tables).open(of: 7)
        #expect(open == [expected])
    }

    @Test func `what a stop was found to be for is kept with it, and what it closes stays closed`() async throws {
        let inbox = StoredUpdates(try state.tables())
        let updates = try kept()
        _ = try await inbox.keep(updates, offset: 17, ignored: false, of: 7)
        var stop = updates[1]
        stop.isBegun = true
        stop.stop = MeantStop(Turn.ID(rawValue: 9), ["read “it”\n"], redact: { $0 })
        try await inbox.seal(stop, absorbing: [11, 13], of: 7)
        // Whoever has just begun with it comes too late.
        try await inbox.seal(updates[0], absorbing: [], of: 7)
        let open = try await StoredUpdates(state.tables()).open(of: 7)
        #expect(open == [stop] + updates.dropFirst(3))
    }
}
