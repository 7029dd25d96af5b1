import Conversation
import Testing

@testable import TelegramFront

@Suite struct DeliveryTroubleTests {
    private let trouble = DeliveryTrouble(bot: 7)
    private let owner: Int64 = 5

    private func told(_ remark: OutboxRemark) -> Announcement? {
        trouble.announcement(of: remark, at: 1_000_000, owner: owner)
    }

    @Test func `a chat that cannot be written to is told of, and not in that chat`() throws {
        let own = try #require(told(.chatLost(5, reason: "blocked")))
        #expect(own.priority == .important && own.text.hasPrefix("Nothing can be written to the owner's chat;"))
        #expect(trouble.isOf(5, own) && !trouble.isOf(6, own))
        let other = try #require(told(.chatLost(-50, reason: "blocked")))
        #expect(other.priority == .warning && other.text.contains("the group -50") && other.text.hasSuffix("blocked"))
        #expect(!trouble.isOf(5, other))
        let back = try #require(told(.chatBack(6)))
        #expect(back.priority == .info && back.text.contains("the chat with 6"))
        let gone = try #require(told(.abandoned(5, count: 2, reason: "blocked")))
        #expect(gone.text.hasPrefix("2 messages for the owner's chat will not be sent") && trouble.isOf(5, gone))
    }

    @Test func `a hold of more than a minute is told of`() throws {
        #expect(told(.held(chat: 6, until: 1_060_000)) == nil)
        let hold = try #require(told(.held(chat: 6, until: 14_938_000)))
        #expect(hold.text.contains("for 3 h 52 m"))
        #expect(told(.held(chat: 6, until: 20_000_000))?.key == hold.key)
    }

    @Test func `a message that is not sent is told of, also in its chat, but for what tells of notifications`() throws {
        let told = try #require(self.told(.notSent(key: "t5/2", chat: 5, reason: "too odd")))
        #expect(told.text == "A message for the owner's chat will not be sent, in no form. too odd")
        #expect(!trouble.isOf(5, told))
        for key in ["notification/3", "digest/5/1000"] {
            #expect(self.told(.notSent(key: key, chat: 5, reason: "too odd")) == nil)
        }
    }

    @Test func `what nobody can act on is for the log alone`() {
        let remarks: [OutboxRemark] = [
            .migrated(from: 5, to: 6), .topicGone(ChatAddress(chat: 5)), .leftOut(key: "a", reason: ""),
            .uncertain(key: "a", reason: ""),
        ]
        #expect(remarks.allSatisfy { told($0) == nil })
    }
}
