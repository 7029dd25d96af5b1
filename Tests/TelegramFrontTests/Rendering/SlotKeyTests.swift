import Conversation
import Testing

@testable import TelegramFront

@Suite struct SlotKeyTests {
    @Test(arguments: [
        ("tg:5:5@5/t3/1", "tg:5:5", "tg:5:5@5/t3", "t3"), ("tg:5:5@5/t3/file", "tg:5:5", "tg:5:5@5/t3", "t3"),
        ("tg:-1:2:5@-1/u9/reply/2", "tg:-1:2:5", "tg:-1:2:5@-1/u9", "u9"),
        ("tty:a.b@5/a7", "tty:a.b", "tty:a.b@5/a7", "a7"), ("tg:5:5@5/e8/2", "tg:5:5", "tg:5:5@5/e8", "e8"),
        ("offer/5/tty:default/a7/call", "tty:default", "offer/5/tty:default/a7", "a7"),
        ("offer/5/tty:a/b@c/a7", "tty:a/b@c", "offer/5/tty:a/b@c/a7", "a7"),
        ("tty:a/b@c@-5/t3/2", "tty:a/b@c", "tty:a/b@c@-5/t3", "t3"),
    ])
    func `a key tells the session and what the message is a part of`(
        key: String, session: String, whole: String, name: String
    ) {
        let read = SlotKey(key)
        #expect(read.session?.rawValue == session && read.whole == whole && read.name == name)
    }

    @Test(arguments: [
        "", "/", "@", "u9/reply", "digest/5/17", "notification/7", "stranger/5/6/owner", "offer/5", "a/b/c/d/e/f",
    ])
    func `what shows no session stands alone`(key: String) {
        let read = SlotKey(key)
        #expect(read.session == nil && read.whole == key[...])
    }
}
