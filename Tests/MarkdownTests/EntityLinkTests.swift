import Markdown
import Testing

@Suite struct EntityLinkTests {
    @Test(
        arguments: [
            "https://example.org", "http://example.org:8080/a?b=c#d", "tg://user?id=1", "HTTPS://a.b.org/x_(y)",
            "https://münchen.example/straße",
        ])
    func `links that Telegram takes are links`(destination: String) {
        let text = EntityText(MarkdownText("[a](\(destination))"))
        #expect(text.text == "a")
        #expect(text.entities == [TextEntity(.textLink(url: destination), offset: 0, length: 1)])
    }

    @Test(
        arguments: [
            "javascript:alert(1)", "src/a.swift:12", "/etc/hosts", "../b", "http://localhost:3000/x",
            "https://10.0.0.1",
            "http://[::1]/", "https://user@example.org", "https://", "https://a", "https://-a.org", "http://a.org:0",
            "mailto:a@example.org", "file:///a", "https://a..org", "http://127.0.0.1.:1", "tg:", "#top",
            "data:text/html,x",
        ])
    func `others are code behind their text`(destination: String) {
        let text = EntityText(MarkdownText("[a](<\(destination)>) b"))
        #expect(text.text == "a (\(destination)) b")
        #expect(text.described == ["code:\(destination)"])
        #expect(EntityCheck(text).problems == [])
    }

    @Test func `what may not stand in an address is escaped`() {
        let text = EntityText(MarkdownText("[a](<https://a.org/b c\"d`>)"))
        #expect(text.entities == [TextEntity(.textLink(url: "https://a.org/b%20c%22d%60"), offset: 0, length: 1)])
    }

    @Test func `a link that shows where it leads is text`() {
        let markdown = "https://a.org/x_y_z <https://b.org> www.c.org d@e.org [https://f.org](https://f.org)"
        let text = EntityText(MarkdownText(markdown))
        #expect(text.text == "https://a.org/x_y_z https://b.org www.c.org d@e.org https://f.org")
        #expect(text.entities.isEmpty)
    }

    @Test func `a link that shows another address is a link`() {
        let text = EntityText(MarkdownText("[https://a.org](https://b.org)"))
        #expect(text.entities == [TextEntity(.textLink(url: "https://b.org"), offset: 0, length: 13)])
    }

    @Test func `a placeholder in angle brackets is no link`() {
        let text = EntityText(MarkdownText("/quiet <duration>, until <hh:mm>, [Makefile:10](Makefile:10)"))
        #expect(text.text == "/quiet <duration>, until <hh:mm>, Makefile:10")
        #expect(text.described == ["code:Makefile:10"])
    }

    @Test func `a path that is its own text stands once`() {
        let text = EntityText(MarkdownText("[a/b.swift](a/b.swift) [`c`](c)"))
        #expect(text.text == "a/b.swift c")
        #expect(text.described == ["code:a/b.swift", "code:c"])
    }

    @Test func `code in a link gives way to the link`() {
        let text = EntityText(MarkdownText("**[`a()` b](https://a.org)**"))
        #expect(text.text == "a() b")
        #expect(text.described == ["bold:a() b", "text_link:a() b"])
        #expect(EntityText(MarkdownText("[`a`](b/c)")).described == ["code:a", "code:b/c"])
    }

    @Test func `images are links to them`() {
        let text = EntityText(
            MarkdownText("![a](https://a.org/a.png) ![](b.png) [![c](https://c.org/c.svg)](https://d.org)"))
        #expect(text.text == "a b.png c")
        #expect(text.described == ["text_link:a", "code:b.png", "text_link:c"])
        #expect(text.entities.last?.kind == .textLink(url: "https://d.org"))
    }

    @Test func `a link without text shows where it leads`() {
        #expect(EntityText(MarkdownText("[](https://a.org) [ ](b)")).text == "https://a.org b")
        #expect(EntityText(MarkdownText("[a]()")).text == "a")
    }
}
