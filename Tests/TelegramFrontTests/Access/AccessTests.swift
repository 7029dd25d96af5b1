import Conversation
import Testing

@testable import TelegramFront

@Suite struct AccessTests {
    private static let owner: Int64 = 100, friend: Int64 = 200, paired: Int64 = 300, stranger: Int64 = 400
    private static let group = BotChat(id: -1_001_234_567_890, kind: .supergroup, title: "team")
    private static let name = BotName(id: 7, username: "cm_bot")
    private static let access = Access(
        chat: owner, users: [friend], pairedUsers: [paired], pairedChats: [group.id])

    private func message(
        from user: Int64?, in chat: BotChat, _ text: String = "hello", change: (inout BotMessage) -> Void = { _ in }
    ) -> BotMessage {
        var message = BotMessage(
            id: 1, date: 0, chat: chat, from: user.map { BotUser(id: $0, firstName: "Somebody") }, text: text)
        change(&message)
        return message
    }

    private func home(of user: Int64) -> BotChat { BotChat(id: user, kind: .private) }

    @Test func `nobody is let in by default`() {
        let access = Access()
        #expect(access.isEmpty && access.owner == nil)
        for user in [Self.owner, Self.friend, 0, -1] {
            #expect(access.verdict(on: message(from: user, in: home(of: user)), to: Self.name) == .stranger)
        }
        // Not even in a group: who may write there is not who may command.
        let group = Access(chat: Self.group.id)
        #expect(group.verdict(on: message(from: 1, in: Self.group, "/help"), to: Self.name) == .ignored(.otherMember))
        #expect(group.owner == nil && group.isEmpty)
    }

    @Test(arguments: [(owner, true), (friend, true), (paired, true), (stranger, false)])
    func `the owner, those named and those paired are let in`(user: Int64, isLetIn: Bool) {
        let verdict = Self.access.verdict(on: message(from: user, in: home(of: user)), to: Self.name)
        #expect(verdict == (isLetIn ? .letIn : .stranger))
        let press = Self.access.verdict(on: BotUser(id: user, firstName: "x"), in: Self.group)
        #expect(press == (isLetIn ? .letIn : .ignored(.otherMember)))
    }

    @Test func `the owner is the person of a private chat, else the first of the users`() {
        #expect(Access(chat: 5, users: [6]).owner == 5)
        #expect(Access(chat: -5, users: [6, 7]).owner == 6)
        #expect(Access(chat: -5).owner == nil)
    }

    @Test func `other groups, channels, anonymous administrators and bots are not heard`() {
        let other = BotChat(id: -5, kind: .group), channel = BotChat(id: -6, kind: .channel)
        let access = Self.access
        #expect(
            access.verdict(on: message(from: Self.owner, in: other, "/help"), to: Self.name) == .ignored(.otherGroup))
        #expect(access.verdict(on: message(from: Self.owner, in: channel), to: Self.name) == .ignored(.otherPlace))
        #expect(access.verdict(on: message(from: nil, in: channel), to: Self.name) == .ignored(.anonymous))
        let hidden = message(from: BotUser.anonymousAdministrator, in: Self.group, "/help") {
            $0.senderChat = Self.group
        }
        #expect(access.verdict(on: hidden, to: Self.name) == .ignored(.anonymous))
        // Somebody who writes in the name of a channel.
        let linked = message(from: Self.owner, in: Self.group, "/help") { $0.senderChat = channel }
        #expect(access.verdict(on: linked, to: Self.name) == .ignored(.anonymous))
        let bot = BotUser(id: Self.owner, isBot: true, firstName: "bot")
        #expect(access.verdict(on: bot, in: home(of: Self.owner)) == .ignored(.bot))
    }

    @Test(
        arguments: [
            ("hello all", [], false),
            ("/status", [BotEntity(type: "bot_command", offset: 0, length: 7)], true),
            ("/status@cm_bot", [BotEntity(type: "bot_command", offset: 0, length: 14)], true),
            ("/status@CM_Bot now", [BotEntity(type: "bot_command", offset: 0, length: 14)], true),
            ("/status@other_bot", [BotEntity(type: "bot_command", offset: 0, length: 17)], false),
            ("👨‍👩‍👧 @cm_bot look", [BotEntity(type: "mention", offset: 9, length: 7)], true),
            ("@other_bot look", [BotEntity(type: "mention", offset: 0, length: 10)], false),
            ("@cm_bot", [BotEntity(type: "mention", offset: 0, length: 70)], false),
            ("@cm_bot", [BotEntity(type: "mention", offset: -1, length: 3)], false),
            ("see path/cm_bot", [], false),
        ] as [(String, [BotEntity], Bool)])
    func `in groups only what is said to the bot is taken`(text: String, entities: [BotEntity], isTaken: Bool) {
        let said = message(from: Self.friend, in: Self.group, text) { $0.entities = entities }
        #expect(Self.access.verdict(on: said, to: Self.name) == (isTaken ? .letIn : .ignored(.notAddressed)))
        let reply = message(from: Self.friend, in: Self.group, text) {
            $0.replyTo = BotMessage.Replied(id: 3, from: BotUser(id: 7, isBot: true, firstName: "cm"))
        }
        #expect(Self.access.verdict(on: reply, to: Self.name) == .letIn)
    }

    @Test(arguments: [-5, -100] as [Int64])
    func `a group that has got another number is let in under both`(number: Int64) {
        let renamed = RenamedChats(newest: [-5: -100], originals: [-100: -5])
        var bySettings = Access(chat: -5, users: [Self.friend]),
            byCode = Access(users: [Self.friend], pairedChats: [-100])
        (bySettings.renamed, byCode.renamed) = (renamed, renamed)
        let group = BotChat(id: number, kind: .supergroup), friend = BotUser(id: Self.friend, firstName: "x")
        #expect(bySettings.verdict(on: friend, in: group) == .letIn)
        #expect(byCode.verdict(on: friend, in: group) == .letIn)
        #expect(byCode.verdict(on: friend, in: BotChat(id: -6, kind: .group)) == .ignored(.otherGroup))
    }

    @Test func `a conversation keeps the first number and is written to under the newest`() throws {
        let renamed = RenamedChats(newest: [-5: -100, -50: -100], originals: [-100: -5])
        for number in [-5, -50, -100] as [Int64] {
            let said = message(from: 42, in: BotChat(id: number, kind: .supergroup), "hello")
            let heard = try #require(Heard(said, to: Self.name, in: renamed))
            #expect(heard.session.rawValue == "tg:-5:42" && heard.address.chat == -100)
            // Messages are numbered anew, so the old number is no message of the new chat.
            #expect(heard.replyTo == (number == -100 ? 1 : nil))
            #expect(heard.message.key == "telegram:7:\(number):1")
        }
    }

    @Test func `the owner may all, and roles let nobody in`() {
        var access = Self.access
        access.roles = [Self.owner: .observer, Self.friend: .admin, Self.stranger: .admin]
        #expect(access.role(of: Self.owner) == .admin && access.role(of: Self.friend) == .admin)
        #expect(access.role(of: Self.paired) == .member)
        #expect(!access.admits(Self.stranger))
    }
}
