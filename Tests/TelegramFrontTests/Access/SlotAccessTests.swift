import Conversation
import Testing

@testable import TelegramFront

/// What may still go to a chat after it has waited.
@Suite struct SlotAccessTests {
    private func mayGo(_ key: String, to chat: Int64, _ access: Access, isPassing: Bool = false) -> Bool {
        access.admits(
            Slot(
                key, at: ChatAddress(chat: chat), SlotContent(key), delivery: isPassing ? .once : .filled,
                priority: isPassing ? .progress : .final))
    }

    @Test func `a person gets what is of the own sessions as long as they are let in`() {
        var access = Access(chat: 5, users: [7])
        for key in ["tg:7:7@7/t3/1", "tg:-1:7@7/t3/1", "u9/reply", "tg:7:7@7/u9/reply"] {
            #expect(mayGo(key, to: 7, access), "\(key)")
        }
        for key in ["tty:default@7/t3/1", "tg:5:5@7/a7", "offer/7/tty:default/a7"] {
            #expect(!mayGo(key, to: 7, access), "\(key)")
        }
        access.users = []
        for key in ["tg:7:7@7/t3/1", "u9/reply"] { #expect(!mayGo(key, to: 7, access), "\(key)") }
        #expect(mayGo("stranger/7/1", to: 7, access, isPassing: true))
    }

    @Test func `buttons are taken away wherever they are, and nothing else is changed there`() {
        let access = Access(chat: 5)
        for chat in [7, -7] as [Int64] {
            var slot = Slot("tg:7:7@\(chat)/a7", at: ChatAddress(chat: chat), SlotContent("may I?"))
            var shown = slot.wanted
            shown.buttons = [[.init("Allow once", carries: "a7:y")]]
            #expect(!access.admits(slot))
            slot.shown = shown
            #expect(access.admits(slot))
            slot.wanted.text = "allowed"
            #expect(!access.admits(slot))
        }
    }

    @Test func `what the owner sees goes to the owner and to admins, whoever was the owner before`() {
        var access = Access(chat: 5, users: [7, 8])
        access.roles = [8: .admin]
        for key in ["tty:default@5/t3/1", "offer/5/tty:default/a7", "notification/3", "digest/5/17"] {
            #expect(mayGo(key, to: 5, access) && mayGo(key, to: 8, access) && !mayGo(key, to: 7, access), "\(key)")
        }
        access = Access(chat: 7, users: [5])
        for key in ["notification/3", "digest/5/17", "offer/5/tty:default/a7"] {
            #expect(!mayGo(key, to: 5, access), "\(key)")
        }
    }

    @Test func `an answer that tells of another session goes to who may be in both`() {
        var access = Access(chat: 5, users: [7])
        let told = Slot(
            "tg:7:7@7/u9/reply", at: ChatAddress(chat: 7), SlotContent("said there"),
            session: SessionID(rawValue: "tty:default"))
        #expect(!access.admits(told))
        access.roles = [7: .admin]
        #expect(access.admits(told))
        access.users = []
        #expect(!access.admits(told))
    }

    @Test func `a group gets all of it as long as it is let in, under whatever number`() {
        var access = Access(chat: -1, users: [7], pairedChats: [-3])
        access.renamed = RenamedChats(newest: [-3: -30], originals: [-30: -3])
        for chat in [-1, -3, -30] as [Int64] { #expect(mayGo("tg:-1:9@-1/t3/1", to: chat, access)) }
        #expect(!mayGo("tg:-4:7@-4/t3/1", to: -4, access))
    }
}
