import Testing

@testable import TelegramFront

@Suite struct FloodTests {
    @Test(
        arguments: [
            (13_938, .seconds(13_938)), (nil, .seconds(5)), (.nan, .seconds(5)), (-1, .zero),
            (1e300, .seconds(31_536_000)),
        ] as [(Double?, Duration)])
    func `a pause is believed as far as it can be`(told: Double?, pause: Duration) {
        #expect(BotError(status: 429, "Too Many Requests", retryAfter: told).code == .flood(retryAfter: pause))
    }
}
