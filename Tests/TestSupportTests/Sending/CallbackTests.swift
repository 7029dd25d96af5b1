import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallbackTests {
    private let telegram: FakeTelegram
    private let client: APIClient
    private let ann: FakeUser
    private let chat: FakeChat

    init() throws {
        telegram = try FakeTelegram()
        client = try APIClient(telegram)
        ann = telegram.addUser("Ann", username: "ann")
        chat = telegram.privateChat(with: ann)
    }

    private func ask() async throws -> Int {
        try await client.send(
            "?", to: chat,
            [
                "reply_markup": [
                    "inline_keyboard": [
                        [["text": "Yes", "callback_data": "y:1"], ["text": "Site", "url": "https://example.org"]]
                    ]
                ]
            ])
    }

    @Test func `a press is told with the message, and answered once`() async throws {
        let message = try await ask()
        let press = try telegram.press("Yes", on: message, in: chat, by: ann)
        let query = try await client.updates().first?["callback_query"]
        #expect(query?["id"]?.text == press && query?["data"] == "y:1")
        #expect(query?["from"]?["id"]?.integer == ann.id)
        #expect(query?["message"]?["message_id"]?.integer == message && query?["message"]?["text"] == "?")
        try await client.call("answerCallbackQuery", ["callback_query_id": .string(press), "text": "done"])
        #expect(telegram.answersToCallbacks == [CallbackAnswer(query: press, text: "done", isAlert: false)])
        #expect(
            try await client.refusal("answerCallbackQuery", ["callback_query_id": .string(press)])
                == "400 Bad Request: query is too old and response timeout expired or query ID is invalid")
    }

    @Test func `a late answer and a long one are refused`() async throws {
        let press = try telegram.press("y:1", on: try await ask(), in: chat, by: ann)
        let long = String(repeating: "x", count: 201)
        let query: JSONValue = .string(press)
        #expect(
            try await client.refusal("answerCallbackQuery", ["callback_query_id": query, "text": .string(long)])
                == "400 Bad Request: MESSAGE_TOO_LONG")
        telegram.advance(by: .seconds(601))
        let late = try await client.refusal("answerCallbackQuery", ["callback_query_id": query])
        #expect(late?.hasPrefix("400 Bad Request: query is too old") == true)
        #expect(telegram.answersToCallbacks.isEmpty)
    }

    @Test func `what is no button cannot be pressed, but a press can be forged`() async throws {
        let message = try await ask()
        #expect(throws: NeverHappened.self) { try telegram.press("No", on: message, in: chat, by: ann) }
        #expect(throws: NeverHappened.self) { try telegram.press("Site", on: message, in: chat, by: ann) }
        telegram.press(forged: "y:2", on: 999, in: chat, by: ann)
        let query = try await client.updates().first?["callback_query"]
        #expect(query?["data"] == "y:2" && query?["message"]?["date"] == 0)
    }

    @Test func `the menu is kept for each scope and language`() async throws {
        let start: JSONValue = ["command": "start", "description": "Begin"]
        try await client.call("setMyCommands", ["commands": [start]])
        try await client.call(
            "setMyCommands",
            [
                "commands": .string(#"[{"command":"stop","description":"End"}]"#),
                "scope": ["type": "chat", "chat_id": .integer(chat.id)], "language_code": "de",
            ])
        #expect(telegram.commands == [ShownCommand(command: "start", description: "Begin")])
        #expect(telegram.commands(in: "chat \(chat.id)/de").map(\.command) == ["stop"])
        #expect(try await client.call("getMyCommands") == [start])
        try await client.call("deleteMyCommands")
        #expect(telegram.commands.isEmpty)
    }

    @Test(arguments: [
        ("Start", "Begin", "BOT_COMMAND_INVALID"), ("", "Begin", "BOT_COMMAND_INVALID"),
        (String(repeating: "x", count: 33), "Begin", "BOT_COMMAND_INVALID"),
        ("a-b", "Begin", "BOT_COMMAND_INVALID"), ("start", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("start", String(repeating: "x", count: 257), "BOT_COMMAND_DESCRIPTION_INVALID"),
    ])
    func `commands have short names and descriptions`(name: String, description: String, fault: String) async throws {
        let command: JSONValue = ["command": .string(name), "description": .string(description)]
        #expect(try await client.refusal("setMyCommands", ["commands": [command]]) == "400 Bad Request: \(fault)")
    }

    @Test func `there are at most 100 commands, and not too much text`() async throws {
        func refusal(_ count: Int, _ length: Int) async throws -> String? {
            let description = String(repeating: "x", count: length)
            let commands = (0..<count).map { index -> JSONValue in
                ["command": .string("c\(index)"), "description": .string(description)]
            }
            return try await client.refusal("setMyCommands", ["commands": .array(commands)])
        }
        #expect(try await refusal(100, 20) == nil)
        #expect(try await refusal(101, 20) == "400 Bad Request: BOT_COMMANDS_TOO_MUCH")
        #expect(try await refusal(100, 200) == "400 Bad Request: BOT_COMMANDS_TOO_MUCH")
    }
}
