import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct PeopleTests {
    private let telegram: FakeTelegram
    private let client: APIClient
    private let ann: FakeUser

    init() throws {
        telegram = try FakeTelegram()
        client = try APIClient(telegram)
        ann = telegram.addUser("Ann", username: "ann")
    }

    @Test func `commands, mentions and addresses are found in what people write`() async throws {
        telegram.say("😀 /start@cm_test_bot x\r\n@ann: see https://a.b/c, not a@b.org or 1/2 @x", from: ann)
        let message = try #require(telegram.privateChat(with: ann).transcript.messages.first)
        #expect(message.parts("bot_command") == ["/start@cm_test_bot"])
        #expect(message.parts("mention") == ["@ann"])
        #expect(message.parts("url") == ["https://a.b/c,"])
        let entities = try await client.updates().first?["message"]?["entities"]?.elements
        #expect(entities?.count == 3 && entities?.first?["offset"] == 3)
    }

    @Test func `who writes, where, and what to is told`() async throws {
        let bob = telegram.addUser("Bob")
        let group = telegram.addSupergroup("Team")
        let first = telegram.say("one", from: ann, in: group).message
        telegram.say("two", from: bob, in: group, replyTo: first, forwardedFrom: ann)
        telegram.say("three", from: ann, in: group, isAnonymous: true)
        telegram.say("four", from: ann, in: telegram.addChannel("News"))
        let updates = try await client.updates()
        let second = updates[1]["message"]
        #expect(second?["from"]?["id"]?.integer == bob.id && second?["chat"]?["type"] == "supergroup")
        #expect(second?["reply_to_message"]?["text"] == "one")
        #expect(second?["forward_origin"]?["sender_user"]?["id"]?.integer == ann.id)
        #expect(second?["message_thread_id"]?.integer == first && second?["is_topic_message"] == nil)
        #expect(updates[2]["message"]?["from"]?["username"] == "GroupAnonymousBot")
        #expect(updates[2]["message"]?["sender_chat"]?["id"]?.integer == group.id)
        #expect(updates[3]["channel_post"]?["text"] == "four" && updates[3]["channel_post"]?["from"] == nil)
    }

    @Test func `an edit is told as one`() async throws {
        let chat = telegram.privateChat(with: ann)
        let said = telegram.say("helo", from: ann)
        #expect(telegram.edit(said.message, in: chat, to: "hello") != nil)
        let updates = try await client.updates()
        #expect(updates.last?["edited_message"]?["message_id"]?.integer == said.message)
        #expect(updates.last?["edited_message"]?["edit_date"] != nil)
        #expect(chat.transcript.messages.map(\.text) == ["hello"] && chat.transcript.messages.first?.isEdited == true)
        #expect(telegram.edit(99, in: chat, to: "x") == nil)
    }

    @Test func `without rights the bot only hears what is meant for it`() async throws {
        var rules = TelegramRules()
        rules.hidesGroupTalk = true
        let telegram = try FakeTelegram(rules: rules)
        let client = try APIClient(telegram)
        let group = telegram.addGroup("Team")
        let own = try await client.send("hi", to: group)
        #expect(telegram.say("talk", from: ann, in: group).update == nil)
        #expect(telegram.say("@someone you?", from: ann, in: group).update == nil)
        #expect(telegram.say("@CM_test_bot you?", from: ann, in: group).update != nil)
        #expect(telegram.say("/status", from: ann, in: group).update != nil)
        #expect(telegram.say("yes", from: ann, in: group, replyTo: own).update != nil)
        #expect(telegram.say("talk", from: ann).update != nil)
    }

    @Test func `any update can be told`() async throws {
        let id = telegram.tell("poll", ["id": "1"])
        #expect(try await client.updates() == [["update_id": .integer(try #require(id)), "poll": ["id": "1"]]])
    }

    @Test func `the chat is shown as its members see it`() async throws {
        let chat = telegram.privateChat(with: ann)
        let said = telegram.say("question", from: ann)
        let silent = try await client.send("…", to: chat, ["disable_notification": true])
        let gone = try await client.send("gone", to: chat)
        try await client.call(
            "editMessageText",
            [
                "chat_id": .integer(chat.id), "message_id": .integer(silent), "text": "answer",
                "reply_markup": [
                    "inline_keyboard": [
                        [["text": "Yes", "callback_data": "y"], ["text": "No", "callback_data": "n"]]
                    ]
                ],
            ])
        try await client.call("deleteMessage", ["chat_id": .integer(chat.id), "message_id": .integer(gone)])
        _ = try await client.send("✅", to: chat, ["reply_parameters": ["message_id": .integer(said.message)]])
        #expect(
            chat.transcript.rendered == """
                ── Ann
                #1 Ann: question
                #2 bot (silent, edited): answer
                    [Yes] [No]
                #4 bot (to #1): ✅
                """)
        #expect(telegram.rendered == chat.transcript.rendered)
    }

    @Test func `a wait ends with what it waited for, also when that comes later`() async throws {
        let chat = telegram.privateChat(with: ann)
        async let seen = chat.waitForBot(saying: "answer")
        async let call = telegram.waitForCall("sendMessage") { $0.parameters["text"]?.text?.hasSuffix("!") == true }
        for text in ["one", "two", "the answer!"] { _ = try await client.send(text, to: chat) }
        #expect(try await seen.text == "the answer!")
        #expect(try await call.index == 2)
    }

    @Test func `a wait in vain shows the chat`() async throws {
        let chat = telegram.privateChat(with: ann)
        _ = try await client.send("something else", to: chat)
        let error = await #expect(throws: NeverHappened.self) {
            try await chat.wait(for: "an answer", timeout: .milliseconds(50)) { $0.byBot.count == 2 }
        }
        #expect(error?.description.hasSuffix("an answer\n── Ann\n#1 bot: something else") == true)
        let other = await #expect(throws: NeverHappened.self) {
            try await telegram.waitForCall("getFile", timeout: .milliseconds(50))
        }
        #expect(other?.description.contains("sendMessage") == true)
    }

    @Test func `a wait ends when its task is cancelled`() async throws {
        let chat = telegram.privateChat(with: ann)
        let waiting = Task { try await chat.wait { !$0.messages.isEmpty } }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}
