import Conversation
import Testing

@testable import TelegramFront

@Suite struct SessionAccessTests {
    private static let own = ["tg:7:7", "tg:-100:7", "tg:-100:3:7", "tg:7:3:7"]
    private static let others = [
        "tty:default", "ask:7", "tg:5:5", "tg:7:5", "tg:7", "tg:07:7", "tg:5:7x", "tg::7", "x:7",
    ]

    private func access(_ role: Access.Role? = nil) -> Access {
        var access = Access(chat: 5, users: [7, 8])
        if let role { access.roles = [7: role] }
        return access
    }

    @Test(arguments: [nil, .member, .observer] as [Access.Role?])
    func `people may be in their own sessions, wherever these are`(role: Access.Role?) {
        let access = access(role)
        for name in Self.own { #expect(access.admits(7, to: SessionID(rawValue: name)), "\(name)") }
        for name in Self.others { #expect(!access.admits(7, to: SessionID(rawValue: name)), "\(name)") }
    }

    @Test func `the owner and admins may be in all`() {
        for name in Self.own + Self.others {
            #expect(access(.admin).admits(7, to: SessionID(rawValue: name)))
            #expect(access().admits(5, to: SessionID(rawValue: name)))
        }
    }

    @Test func `a session is shown to people who may be in it, and to groups that are let in`() {
        var access = access()
        let (own, inGroup) = (SessionID(rawValue: "tg:7:7"), SessionID(rawValue: "tg:-100:7"))
        access.pairedChats = [-100]
        access.renamed = RenamedChats(newest: [-100: -200], originals: [-200: -100])
        #expect(access.shows(own, in: 7) && !access.shows(SessionID(rawValue: "tty:default"), in: 7))
        for chat in [-100, -200] as [Int64] { #expect(access.shows(inGroup, in: chat)) }
        access.users = []
        // Others in the group may still be let in.
        #expect(!access.shows(own, in: 7) && access.shows(inGroup, in: -200))
        access.pairedChats = []
        #expect(!access.shows(inGroup, in: -100) && !access.shows(inGroup, in: -200))
    }

    @Test func `who is not let in may be in none, whatever the roles say`() {
        var access = access()
        access.roles = [9: .admin]
        for name in ["tg:9:9", "tty:default"] { #expect(!access.admits(9, to: SessionID(rawValue: name))) }
    }
}
