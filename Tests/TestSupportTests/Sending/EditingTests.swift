import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct EditingTests {
    private let telegram: FakeTelegram
    private let client: APIClient
    private let ann: FakeUser
    private let chat: FakeChat
    private let buttons: JSONValue = ["inline_keyboard": [[["text": "Cancel", "callback_data": "c"]]]]

    init() throws {
        telegram = try FakeTelegram()
        client = try APIClient(telegram)
        ann = telegram.addUser("Ann")
        chat = telegram.privateChat(with: ann)
    }

    private func refusal(
        _ method: String, _ message: Int, _ more: [String: JSONValue] = [:]
    ) async throws -> String? {
        try await client.refusal(
            method,
            .object(
                more.merging(["chat_id": .integer(chat.id), "message_id": .integer(message)]) { old, _ in old }))
    }

    @Test func `an edit changes the text, and takes away buttons that it does not name`() async throws {
        let id = try await client.send("…", to: chat, ["reply_markup": buttons])
        #expect(try await refusal("editMessageText", id, ["text": "half", "reply_markup": buttons]) == nil)
        #expect(chat.transcript[id]?.text == "half" && chat.transcript[id]?.buttons.count == 1)
        #expect(try await refusal("editMessageText", id, ["text": "whole"]) == nil)
        let message = try #require(chat.transcript[id])
        #expect(message.text == "whole" && message.buttons.isEmpty && message.edits == 2)
        #expect(chat.transcript.messages.count == 1 && message.editDate != nil)
    }

    @Test func `an edit that changes nothing is refused`() async throws {
        let bold: JSONValue = [["type": "bold", "offset": 0, "length": 4]]
        let id = try await client.send("text", to: chat, ["entities": bold, "reply_markup": buttons])
        let notModified =
            "400 Bad Request: message is not modified: specified new message content and reply markup "
            + "are exactly the same as a current content and reply markup of the message"
        let moved: JSONValue = [["type": "bold", "offset": 1, "length": 4]]
        for (text, entities) in [("text", bold), ("text \n", bold), (" text", moved)] {
            let same: [String: JSONValue] = ["text": .string(text), "entities": entities, "reply_markup": buttons]
            #expect(try await refusal("editMessageText", id, same) == notModified)
        }
        #expect(chat.transcript[id]?.isEdited == false)
        #expect(try await refusal("editMessageText", id, ["text": "text", "reply_markup": buttons]) == nil)
        #expect(try await refusal("editMessageReplyMarkup", id) == nil)
        #expect(try await refusal("editMessageReplyMarkup", id) == notModified)
    }

    @Test func `only what is there and the bot's own can be edited`() async throws {
        #expect(
            try await refusal("editMessageText", 99, ["text": "x"]) == "400 Bad Request: message to edit not found")
        #expect(
            try await refusal("editMessageText", 0, ["text": "x"])
                == "400 Bad Request: message identifier is not specified")
        let said = telegram.say("mine", from: ann)
        #expect(
            try await refusal("editMessageText", said.message, ["text": "x"])
                == "400 Bad Request: message can't be edited")
        let id = try await client.send("x", to: chat)
        #expect(try await refusal("editMessageText", id, ["text": ""]) == "400 Bad Request: message text is empty")
        telegram.delete(id, in: chat)
        #expect(
            try await refusal("editMessageText", id, ["text": "y"]) == "400 Bad Request: message to edit not found")
    }

    @Test func `messages can be deleted for 48 hours`() async throws {
        let own = try await client.send("own", to: chat)
        let old = try await client.send("old", to: chat)
        let theirs = telegram.say("theirs", from: ann).message
        let group = telegram.addSupergroup("Team")
        let foreign = telegram.say("x", from: ann, in: group).message
        #expect(try await refusal("deleteMessage", own) == nil)
        #expect(try await refusal("deleteMessage", own) == "400 Bad Request: message to delete not found")
        #expect(try await refusal("deleteMessage", theirs) == nil)
        let inGroup: [String: JSONValue] = ["chat_id": .integer(group.id)]
        #expect(try await refusal("deleteMessage", foreign, inGroup) == "400 Bad Request: message can't be deleted")
        group.makeBotAdmin()
        #expect(try await refusal("deleteMessage", foreign, inGroup) == nil)
        telegram.advance(by: .seconds(48 * 3600))
        #expect(try await refusal("deleteMessage", old) == "400 Bad Request: message can't be deleted")
        #expect(chat.transcript.messages.map(\.text) == ["old"])
        #expect(try await refusal("editMessageText", old, ["text": "still"]) == nil)
    }

    @Test func `a document takes the place of a text`() async throws {
        let id = try await client.send("…", to: chat)
        let media = #"{"type":"document","media":"attach://part","caption":"all of it"}"#
        let values = ["chat_id": "\(chat.id)", "message_id": "\(id)", "media": media]
        try client.connection.write(
            client.form("editMessageMedia", values, files: ["part": ("answer.md", Array("# A\n".utf8))]))
        let result = try APIClient.result(try await client.connection.response())
        #expect(result["document"]?["file_name"] == "answer.md" && result["caption"] == "all of it")
        let message = try #require(chat.transcript[id])
        #expect(message.file?.text == "# A\n" && message.text == "all of it" && message.isEdited)
        #expect(
            try await refusal("editMessageText", id, ["text": "x"])
                == "400 Bad Request: there is no text in the message to edit")
        let reference = try #require(result["document"]?["file_id"])
        let again = try await refusal(
            "editMessageMedia", id,
            ["media": ["type": "document", "media": reference, "caption": "all of it"]])
        #expect(again?.hasPrefix("400 Bad Request: message is not modified") == true)
    }
}
