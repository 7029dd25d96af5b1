import Conversation
import Testing

@Suite struct OwnChangesTests {
    @Test(
        arguments: [
            ("/mode plan", .mode(.plan)), ("/MODE Plan", .mode(.plan)), ("/mode@cm_bot single", .mode(.single)),
            ("/agent codex", .agent(.named("codex"))), ("/agent auto", .agent(.auto)),
            ("/profile fast", .profile("fast")),
            ("profile fast", .profile("fast")), ("/new", .renewed), ("/mode", nil), ("/mode fast", nil),
            ("/new start", nil), ("mode plan", nil), ("make it new", nil), ("", nil),
        ] as [(String, SessionChange?)])
    func `a line that asks for a change is known`(text: String, change: SessionChange?) {
        #expect(SessionChange(typed: text) == change)
    }

    @Test func `the name of a profile counts in any case, and another change is somebody else's`() {
        var own = OwnChanges()
        own.expect(.profile("fast"))
        own.expect(.mode(.plan))
        let taken = [SessionChange.mode(.single), .profile("Fast"), .profile("Fast"), .mode(.plan)].map { own.take($0) }
        #expect(taken == [false, true, false, true])
    }
}
