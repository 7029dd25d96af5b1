import Testing

@testable import TelegramFront

@Suite struct BotTokenTests {
    private static let text = "123456789:AAExampleExampleExampleExample-_1234"

    @Test func `a token shows nothing of itself`() throws {
        let token = try #require(BotToken(Self.text))
        var dumped = ""
        dump(token, to: &dumped)
        dump([token], to: &dumped)
        for shown in ["\(token)", String(reflecting: token), "\(Optional(token) as Any)", "\([token])", dumped] {
            #expect(shown.contains("<redacted>"))
            #expect(!shown.contains("AAExample"))
        }
        #expect(token.botID == 123_456_789)
    }

    @Test(arguments: [
        "", "123456789", "123456789:", ":AAExampleExampleExampleExample", "0:AAExampleExampleExampleExample",
        "12a:AAExampleExampleExampleExample", "123456789:short", "123456789:AAExample Example/Example?Example",
    ])
    func `what is no token is refused`(text: String) { #expect(BotToken(text) == nil) }
}
