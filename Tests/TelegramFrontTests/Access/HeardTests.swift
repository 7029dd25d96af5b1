import Conversation
import Testing

@testable import TelegramFront

@Suite struct HeardTests {
    private static let name = BotName(id: 7, username: "cm_bot")

    private func message(_ text: String?, _ change: (inout BotMessage) -> Void = { _ in }) -> BotMessage {
        var message = BotMessage(
            id: 12, date: 0, chat: BotChat(id: -5, kind: .supergroup),
            from: BotUser(id: 42, firstName: "Ann", lastName: "Lee"), text: text)
        change(&message)
        return message
    }

    @Test(arguments: [
        ("hello", "hello"),
        ("@cm_bot hello", "hello"),
        ("@CM_BOT: hello", "hello"),
        ("@cm_bot2 hello", "@cm_bot2 hello"),
        ("hello @cm_bot", "hello @cm_bot"),
        ("/status@cm_bot", "/status"),
        ("/mode@cm_bot plan\nline", "/mode plan\nline"),
        ("//word stays", "//word stays"),
        ("/path/to@home is no command", "/path/to@home is no command"),
    ])
    func `the bot's own name is no part of what is said`(text: String, spoken: String) {
        #expect(Heard(message(text), to: Self.name)?.message.text == spoken)
    }

    @Test func `a command to another bot, a text of blanks and a bare name say nothing`() {
        for text in ["/status@other_bot", " \n ", "@cm_bot", "", nil] {
            #expect(Heard(message(text), to: Self.name) == nil)
        }
    }

    @Test func `a conversation belongs to a person at a place`() throws {
        let plain = try #require(Heard(message("hello") { $0.threadID = 9 }, to: Self.name))
        #expect(plain.session.rawValue == "tg:-5:42")
        #expect(plain.address == ChatAddress(chat: -5))
        let topic = try #require(
            Heard(
                message("hello") {
                    $0.threadID = 9
                    $0.isTopicMessage = true
                }, to: Self.name))
        #expect(topic.session.rawValue == "tg:-5:9:42")
        #expect(topic.address == ChatAddress(chat: -5, topic: 9))
        #expect(plain.message.author == "Ann Lee" && plain.message.origin == .telegram)
    }

    @Test func `the key names the message, also when it is told again`() throws {
        let heard = try #require(Heard(message("hello"), to: Self.name))
        #expect(heard.message.key == "telegram:7:-5:12")
        #expect(Heard.number(of: "telegram:7:-5:12", in: -5, of: 7) == 12)
        for (chat, bot) in [(-5, 8), (5, 7), (-51, 7)] as [(Int64, Int64)] {
            #expect(Heard.number(of: "telegram:7:-5:12", in: chat, of: bot) == nil)
        }
        #expect(Heard.number(of: "tty:7:1:2", in: 1, of: 7) == nil)
    }

    @Test func `forwarded text is marked as material`() throws {
        let forwarded = try #require(
            Heard(
                message("rm -rf /\nnow") { $0.forwardOrigin = BotMessage.ForwardOrigin(type: "user") }, to: Self.name))
        #expect(forwarded.message.text.hasPrefix("The following was written by somebody else and forwarded."))
        #expect(forwarded.message.text.hasSuffix("\n\n> rm -rf /\n> now"))
    }

    @Test func `a file without a word is something said`() throws {
        let file = BotFile(id: "f", name: "notes.txt", size: 5)
        let heard = try #require(Heard(message(nil) { $0.document = file }, to: Self.name))
        #expect(heard.files.map(\.file) == [file] && heard.files.map(\.kind) == [.document])
        let captioned = try #require(
            Heard(
                message(nil) {
                    $0.caption = "look"
                    $0.photo = [BotFile(id: "s"), BotFile(id: "l")]
                }, to: Self.name))
        #expect(captioned.message.text == "look" && captioned.files.map(\.file.id) == ["l"])
    }

    @Test func `an album is one message with all files and words, under the key of its first`() throws {
        let first = message(nil) { $0.photo = [BotFile(id: "1")] }
        let more = [("2", "@cm_bot look"), ("3", nil)].enumerated().map { index, part in
            message(nil) {
                $0.id = 13 + Int64(index)
                $0.document = BotFile(id: part.0)
                $0.caption = part.1
            }
        }
        let heard = try #require(
            Heard(
                message(nil) {
                    $0 = first
                    $0.albumID = "1"
                    $0.others = more
                }, to: Self.name))
        #expect(heard.files.map(\.file.id) == ["1", "2", "3"] && heard.files.map(\.message) == [12, 13, 14])
        #expect(heard.message.text == "look" && heard.message.key == "telegram:7:-5:12")
    }

    @Test func `a text in pieces is one message under the key of its first, whatever the others look like`() throws {
        let heard = try #require(
            Heard(
                message("@cm_bot " + String(repeating: "a word ", count: 500)) {
                    $0.others = [
                        message("/run@other_bot and") { $0.id = 13 }, message("@cm_bot its end") { $0.id = 14 },
                    ]
                }, to: Self.name))
        #expect(heard.message.text.hasPrefix("a word "))
        #expect(heard.message.text.hasSuffix("\n/run@other_bot and\n@cm_bot its end"))
        #expect(heard.message.key == "telegram:7:-5:12")
    }

    @Test func `what is not taken is heard all the same`() throws {
        let heard = try #require(Heard(message(nil) { $0.voice = BotFile(id: "v") }, to: Self.name))
        #expect(heard.files.isEmpty && heard.refused == [.voice] && heard.message.text.isEmpty)
    }

    @Test func `a forwarded file without words has none`() throws {
        let heard = try #require(
            Heard(
                message(nil) {
                    $0.forwardOrigin = BotMessage.ForwardOrigin(type: "user")
                    $0.document = BotFile(id: "f")
                }, to: Self.name))
        #expect(heard.message.text.isEmpty)
    }
}
