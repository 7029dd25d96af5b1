import Testing

@testable import TelegramFront

@Suite struct MessageTextTests {
    @Test func `Markdown becomes entities`() {
        let parts = MessageText(markdown: "**Done.** See [it](https://a.org/x):\n```swift\nlet a = 1\n```").parts
        #expect(parts.count == 1)
        let slot = Slot("x", at: ChatAddress(chat: 1), parts[0])
        #expect(
            slot.described == """
                [x] Done. See it:

                let a = 1
                  bold<Done.> text_link<it> pre swift<let a = 1>
                """)
        #expect(parts[0].entities[1].url == "https://a.org/x")
    }

    @Test(arguments: ["", "  \n", "\u{202E}", "\u{200B}\u{200B}"])
    func `a text in which nothing can be seen needs no message`(text: String) {
        #expect(MessageText(markdown: text).parts.isEmpty)
        #expect(MessageText(plain: text).parts.isEmpty)
    }

    @Test func `a table of several messages stays code in each`() {
        let lines = (0..<300).map { "\($0)  name  value  something more" }.joined(separator: "\n")
        let parts = MessageText(code: lines).parts
        #expect(parts.count == 3)
        #expect(parts.allSatisfy { $0.entities.map(\.type) == ["pre"] && $0.text.utf16.count <= 4_096 })
        #expect(parts.map(\.text).joined(separator: "\n") == lines)
    }

    @Test func `captions and answers to buttons keep to their limits`() {
        let text = String(repeating: "👨‍👩‍👧‍👦", count: 200)
        #expect(MessageText.caption(text).utf16.count == 1 + 93 * 11)
        #expect(MessageText.toast(text).utf16.count == 1 + 18 * 11)
        #expect(MessageText.toast("done") == "done")
    }
}
