import Testing

@testable import TelegramFront

@Suite struct StrangersTests {
    @Test func `the owner is told of ten in an hour by name, and of the rest in one word`() {
        let strangers = Strangers()
        let keys = (1...10_000).map { number in
            strangers.notice(of: BotUser(id: Int64(number), firstName: "Eve"), in: 7).key
        }
        #expect(Set(keys).count == 11)
        #expect(keys[0] == "stranger/1/7/owner" && keys[9_999] == "strangers/7/owner")
        // The same again is the same message, and the next hour begins anew.
        #expect(strangers.notice(of: BotUser(id: 1, firstName: "Eve"), in: 7).key == keys[0])
        let next = strangers.notice(of: BotUser(id: 10_000, firstName: "Eve"), in: 8)
        #expect(next.key == "stranger/10000/8/owner" && next.text.hasSuffix("Eve (10000)."))
    }
}
