import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SendingTests {
    private let telegram: FakeTelegram
    private let client: APIClient
    private let ann: FakeUser
    private let chat: FakeChat

    init() throws {
        telegram = try FakeTelegram()
        client = try APIClient(telegram)
        ann = telegram.addUser("Ann")
        chat = telegram.privateChat(with: ann)
    }

    private func refusal(_ parameters: JSONValue) async throws -> String? {
        try await client.refusal("sendMessage", parameters)
    }

    @Test func `a message is seen as it was sent`() async throws {
        let sent = try await client.call(
            "sendMessage",
            [
                "chat_id": .integer(chat.id), "text": "bold text", "disable_notification": true,
                "entities": [["type": "bold", "offset": 0, "length": 4]],
                "reply_markup": [
                    "inline_keyboard": [[["text": "Go", "callback_data": "go", "style": "success"]], []]
                ],
            ])
        let message = try #require(chat.transcript.lastByBot)
        #expect(message.id == sent["message_id"]?.integer && message.isSilent && !message.isEdited)
        #expect(message.parts("bold") == ["bold"] && message.button("Go")?.data == "go")
        #expect(sent["text"] == "bold text" && sent["from"]?["id"]?.integer == telegram.bot.id)
        #expect(sent["reply_markup"]?["inline_keyboard"]?.elements?.count == 1)
        #expect(message.date > 1_700_000_000 && sent["date"]?.integer == message.date)
    }

    @Test func `private chats and small groups share a count, supergroups have their own`() async throws {
        let other = telegram.privateChat(with: telegram.addUser("Bob"))
        let group = telegram.addGroup("Small")
        let supergroup = telegram.addSupergroup("Large")
        var ids: [Int] = []
        for chat in [chat, other, group, supergroup, chat, supergroup] {
            ids.append(try await client.send("x", to: chat))
        }
        #expect(ids == [1, 2, 3, 2, 4, 3], "a supergroup's first is that it was made")
    }

    @Test func `a chat must be there, started, and open to the bot`() async throws {
        #expect(try await refusal(["text": "x"]) == "400 Bad Request: chat_id is empty")
        let stranger = telegram.addUser("Eve")
        #expect(
            try await refusal(["chat_id": .integer(stranger.id), "text": "x"]) == "400 Bad Request: chat not found")
        let named = telegram.addChannel("News", username: "news")
        #expect(try await refusal(["chat_id": "@News", "text": "x"]) == nil)
        #expect(named.transcript.messages.count == 1)
        telegram.removeBot(from: chat, by: ann)
        #expect(
            try await refusal(["chat_id": .integer(chat.id), "text": "x"])
                == "403 Forbidden: bot was blocked by the user")
        let group = telegram.addSupergroup("Large")
        telegram.removeBot(from: group, by: ann)
        #expect(
            try await refusal(["chat_id": .integer(group.id), "text": "x"])
                == "403 Forbidden: bot was kicked from the supergroup chat")
        telegram.addBot(to: group, by: ann)
        #expect(try await refusal(["chat_id": .integer(group.id), "text": "x"]) == nil)
        let updates = try await client.updates()
        #expect(
            updates.compactMap { $0["my_chat_member"]?["new_chat_member"]?["status"]?.text } == [
                "kicked", "kicked", "member",
            ])
    }

    @Test func `a group that became a supergroup names it`() async throws {
        let group = telegram.addGroup("Team")
        let large = telegram.migrate(group)
        let answer = try await client.answer("sendMessage", ["chat_id": .integer(group.id), "text": "x"])
        #expect(answer.status == 400)
        let json = try answer.json
        #expect(json["description"] == "Bad Request: group chat was upgraded to a supergroup chat")
        #expect(json["parameters"]?["migrate_to_chat_id"]?.integer == large.id)
        let updates = try await client.updates()
        #expect(updates.first?["message"]?["migrate_to_chat_id"]?.integer == large.id)
        #expect(updates.last?["message"]?["migrate_from_chat_id"]?.integer == group.id)
        _ = try await client.send("here", to: large)
    }

    @Test func `an answer to a message that has gone is refused unless that is allowed`() async throws {
        let said = telegram.say("question", from: ann)
        let answer = try await client.send(
            "answer", to: chat, ["reply_parameters": ["message_id": .integer(said.message)]])
        #expect(chat.transcript[answer]?.replyTo == said.message)
        telegram.delete(said.message, in: chat)
        let parameters: JSONValue = [
            "chat_id": .integer(chat.id), "text": "late",
            "reply_parameters": ["message_id": .integer(said.message)],
        ]
        #expect(try await refusal(parameters) == "400 Bad Request: message to be replied not found")
        let late = try await client.send(
            "late", to: chat,
            ["reply_parameters": ["message_id": .integer(said.message), "allow_sending_without_reply": true]])
        #expect(chat.transcript[late]?.replyTo == nil)
    }

    @Test func `a topic is named by its number, the general one by none`() async throws {
        let forum = telegram.addSupergroup("Forum", isForum: true)
        let topic = forum.addTopic("Build")
        let inTopic = try await client.send("a", to: forum, ["message_thread_id": .integer(topic)])
        let general = try await client.send("b", to: forum)
        #expect(forum.transcript[inTopic]?.topic == topic && forum.transcript[general]?.topic == nil)
        let answer = try await client.send("c", to: forum, ["reply_parameters": ["message_id": .integer(inTopic)]])
        #expect(forum.transcript[answer]?.topic == topic, "an answer stands where the question does")
        let missing = "400 Bad Request: message thread not found"
        for wrong in [1, 999] {
            let parameters: JSONValue = [
                "chat_id": .integer(forum.id), "text": "x", "message_thread_id": .integer(wrong),
            ]
            #expect(try await refusal(parameters) == missing)
        }
        #expect(
            try await refusal(["chat_id": .integer(chat.id), "text": "x", "message_thread_id": 7]) == missing,
            "private chats have no topics here")
        let plain = telegram.addSupergroup("Plain")
        let id = try await client.send("x", to: plain, ["message_thread_id": 7])
        #expect(plain.transcript[id]?.topic == nil)
        telegram.say("in it", from: ann, in: forum, topic: topic)
        let update = try await client.updates().last?["message"]
        #expect(update?["message_thread_id"]?.integer == topic && update?["is_topic_message"] == true)
        forum.deleteTopic(topic)
        #expect(
            try await refusal([
                "chat_id": .integer(forum.id), "text": "x", "message_thread_id": .integer(topic),
            ]) == missing)
    }

    @Test func `buttons carry 1 to 64 bytes, an address, or a text to copy`() async throws {
        func refusal(_ button: JSONValue) async throws -> String? {
            try await self.refusal([
                "chat_id": .integer(chat.id), "text": "x", "reply_markup": ["inline_keyboard": [[button]]],
            ])
        }
        let wrong = "400 Bad Request: BUTTON_DATA_INVALID"
        #expect(try await refusal(["text": "Go", "callback_data": .string(String(repeating: "x", count: 64))]) == nil)
        #expect(
            try await refusal(["text": "Go", "callback_data": .string(String(repeating: "ü", count: 33))]) == wrong)
        #expect(try await refusal(["text": "Go", "callback_data": ""]) == wrong)
        #expect(try await refusal(["text": "", "callback_data": "x"]) != nil)
        #expect(try await refusal(["text": "Go"]) != nil)
        #expect(try await refusal(["text": "Go", "url": "file:///x"]) == "400 Bad Request: BUTTON_URL_INVALID")
        #expect(try await refusal(["text": "Go", "url": "https://example.org"]) == nil)
        #expect(try await refusal(["text": "Go", "copy_text": ["text": "cm resume"]]) == nil)
        #expect(try await refusal(["text": "Go", "callback_data": "x", "style": "loud"]) != nil)
    }

    @Test func `marked-up text is refused, since nobody here can read it`() async throws {
        let parameters: JSONValue = ["chat_id": .integer(chat.id), "text": "<b>x</b>", "parse_mode": "HTML"]
        #expect(try await refusal(parameters)?.hasPrefix("400 Bad Request: can't parse entities") == true)
    }

    @Test func `actions are noted, and unknown ones refused`() async throws {
        try await client.call("sendChatAction", ["chat_id": .integer(chat.id), "action": "typing"])
        #expect(telegram.actions.map(\.action) == ["typing"] && telegram.actions.first?.chat == chat.id)
        #expect(
            try await client.refusal("sendChatAction", ["chat_id": .integer(chat.id), "action": "sleeping"])
                == "400 Bad Request: wrong parameter action in request")
    }

    @Test func `who writes too fast has to wait, when the limits are on`() async throws {
        var rules = TelegramRules()
        rules.enforcesFloodLimits = true
        let clock = ManualClock()
        let telegram = try FakeTelegram(rules: rules) { clock.timestamp }
        let client = try APIClient(telegram)
        let chat = telegram.privateChat(with: telegram.addUser("Ann"))
        for _ in 0..<3 { _ = try await client.send("x", to: chat) }
        let answer = try await client.answer("sendMessage", ["chat_id": .integer(chat.id), "text": "x"])
        #expect(answer.status == 429 && answer.headers["retry-after"] == "1")
        #expect(try answer.json["parameters"]?["retry_after"] == 1)
        clock.advance(by: .seconds(3))
        _ = try await client.send("x", to: chat)
        #expect(telegram.busiestSecond(in: chat) == 3)
        let group = telegram.addSupergroup("Team")
        for _ in 0..<20 {
            clock.advance(by: .seconds(2))
            _ = try await client.send("x", to: group)
        }
        let refused = try await client.refusal("sendMessage", ["chat_id": .integer(group.id), "text": "x"])
        let seconds = try #require(refused?.split(separator: " ").last.flatMap { Int($0) })
        #expect(seconds == 60 - 19 * 2)
        clock.advance(by: .seconds(seconds))
        _ = try await client.send("x", to: group)
    }
}
