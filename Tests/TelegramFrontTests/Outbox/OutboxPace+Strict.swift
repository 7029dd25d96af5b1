@testable import TelegramFront

extension OutboxPace {
    /// A burst of 5 and then one a second into a private chat: few enough for tests to count.
    static var strict: OutboxPace {
        var pace = OutboxPace()
        pace.personal = Rate(burst: 5, interval: .seconds(1))
        return pace
    }
}
