import Conversation
import TestSupport
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
        let taken = [SessionChange.mode(.single), .profile("Fast"), .profile("Fast"), .mode(.plan)]
            .map { own.take($0, at: .start) }
        #expect(taken == [false, true, false, true])
    }

    @Test func `a command that changed nothing hides nothing that is changed elsewhere later`() {
        var own = OwnChanges()
        own.expect(.mode(.single))
        let hidden = own.settle(.mode(.single), made: nil)
        #expect(hidden == nil)
        let isOwn = own.take(.mode(.single), at: Cursor(rawValue: 7))
        #expect(!isOwn)
    }

    @Test func `what was taken for the own change and was not is given back with its place`() {
        var own = OwnChanges()
        own.expect(.mode(.single))
        let isOwn = own.take(.mode(.single), at: Cursor(rawValue: 7))
        #expect(isOwn)
        let hidden = own.settle(.mode(.single), made: nil)
        #expect(hidden?.change == .mode(.single) && hidden?.cursor == Cursor(rawValue: 7))
        let again = own.take(.mode(.single), at: Cursor(rawValue: 8))
        #expect(!again)
    }

    @Test func `of equal changes as many are hidden as were made here`() {
        let seed = Seed()
        for round in 0..<2000 {
            var generator = seed.generator(round)
            var own = OwnChanges(), open = 0, made = 0, early = 0, late = 0, shown = 0, happened = 0
            let change = SessionChange.profile("fast")
            func settle() {
                // The event of a command may have come before its answer.
                let isEarly = early == open || early > 0 && Bool.random(using: &generator)
                let isMade = isEarly || Bool.random(using: &generator)
                open -= 1
                if isMade { made += 1 }
                if isEarly { early -= 1 } else if isMade { late += 1 }
                if own.settle(change, made: isMade ? .profile("Fast") : nil) != nil { shown += 1 }
            }
            func happen() {
                happened += 1
                if !own.take(.profile("Fast"), at: Cursor(rawValue: Int64(happened))) { shown += 1 }
            }
            for _ in 0..<20 {
                switch Int.random(in: 0...4, using: &generator) {
                case 0:
                    own.expect(change)
                    open += 1
                case 1 where open > 0:
                    settle()
                case 2 where late > 0:
                    late -= 1
                    happen()
                case 3 where early < open:
                    early += 1
                    happen()
                default:
                    happen()
                }
            }
            while open > 0 { settle() }
            for _ in 0..<late { happen() }
            #expect(shown == happened - made, "seed \(seed), round \(round)")
        }
    }
}
