import JSONRPC
import Testing

@testable import TestSupport

@Suite struct FormattedTextTests {
    private func entity(_ type: String, _ offset: Int, _ length: Int, _ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(more.merging(["type": .string(type), "offset": .integer(offset), "length": .integer(length)]) { $1 })
    }

    private func refusal(_ text: String, _ entities: JSONValue...) -> String? {
        do {
            _ = try FormattedText.message(text, entities: .array(entities))
            return nil
        } catch { return error.description }
    }

    @Test func `a text has 1 to 4096 units after white space is cut`() throws {
        #expect(refusal("") == "Bad Request: message text is empty")
        #expect(refusal(" \n\t ") == "Bad Request: text must be non-empty")
        #expect(refusal(String(repeating: "x", count: 4096) + " \n") == nil)
        #expect(refusal(String(repeating: "x", count: 4097)) == "Bad Request: message is too long")
        #expect(refusal(String(repeating: "😀", count: 2048)) == nil)
        #expect(refusal(String(repeating: "😀", count: 2049)) == "Bad Request: message is too long")
        #expect(refusal(String(repeating: "ü", count: 20_000)) == "Bad Request: text is too long")
    }

    @Test func `a caption has up to 1024 units`() throws {
        #expect(try FormattedText.caption("", entities: nil).text.isEmpty)
        let long = String(repeating: "x", count: 1025)
        #expect(throws: APIFault.badRequest("message caption is too long")) {
            try FormattedText.caption(long, entities: nil)
        }
    }

    @Test func `white space is cut at the end, and at the beginning up to the first entity`() throws {
        #expect(try FormattedText.message("\n  a\tb \n", entities: nil).text == "a b")
        let kept = try FormattedText.message("\n  a ", entities: [entity("pre", 1, 4)])
        #expect(kept == FormattedText(text: "  a", entities: [ShownEntity("pre", at: 0, length: 3)]))
        let gone = try FormattedText.message("a  ", entities: [entity("bold", 1, 2)])
        #expect(gone == FormattedText(text: "a", entities: []))
    }

    @Test func `entities move along when characters go`() throws {
        let text = try FormattedText.message("a\r\nb\u{202E}c bold", entities: [entity("bold", 7, 4)])
        #expect(text == FormattedText(text: "a\nbc bold", entities: [ShownEntity("bold", at: 5, length: 4)]))
    }

    @Test func `entities outside the text are refused`() {
        for (offset, length) in [(-1, 2), (0, 0), (0, -1), (0, 4), (3, 1), (4, 1), (1, .max), (.max, 1)] {
            #expect(refusal("abc", entity("bold", offset, length))?.contains("is not inside the text") == true)
        }
        #expect(refusal("abc", entity("bold", 0, 3)) == nil)
    }

    @Test func `entities that cut a character in two are refused`() {
        #expect(refusal("a😀b", entity("bold", 1, 2)) == nil)
        #expect(refusal("a😀b", entity("bold", 2, 1))?.contains("cuts a character") == true)
        #expect(refusal("a😀b", entity("bold", 0, 2))?.contains("cuts a character") == true)
    }

    @Test func `of two entities that meet one is inside the other`() {
        #expect(refusal("abcdef", entity("bold", 0, 4), entity("italic", 2, 4))?.contains("crosses") == true)
        #expect(refusal("abcdef", entity("bold", 0, 4), entity("italic", 2, 2)) == nil)
        #expect(refusal("abcdef", entity("bold", 0, 4), entity("italic", 4, 2)) == nil)
        #expect(refusal("abcdef", entity("italic", 2, 2), entity("bold", 0, 4)) == nil)
    }

    @Test func `code contains nothing, quotes no quotes, links no links`() {
        let link: [String: JSONValue] = ["url": "https://example.org"]
        #expect(refusal("abcdef", entity("pre", 0, 4), entity("bold", 1, 2))?.contains("must not contain") == true)
        #expect(refusal("abcdef", entity("code", 0, 4), entity("bold", 0, 4)) == nil, "code inside, in any order")
        #expect(
            refusal("abcdef", entity("blockquote", 0, 4), entity("expandable_blockquote", 1, 2))?
                .contains("must not contain") == true)
        #expect(
            refusal("abcdef", entity("text_link", 0, 4, link), entity("text_link", 1, 2, link))?
                .contains("must not contain") == true)
        #expect(refusal("abcdef", entity("blockquote", 0, 6), entity("pre", 1, 2)) == nil)
    }

    @Test func `more than 100 entities are refused, which Telegram would ignore`() {
        let text = String(repeating: "x", count: 200)
        let many = (0..<101).map { entity("bold", $0, 1) }
        #expect(throws: Never.self) { try FormattedText.message(text, entities: .array(Array(many.dropLast()))) }
        #expect(throws: APIFault.self) { try FormattedText.message(text, entities: .array(many)) }
    }

    @Test(arguments: [
        "http://localhost:80/x", "file:///etc/passwd", "/a/b.swift", "example.org", "javascript:alert(1)", "",
        "https://", "https://a b.org", "mailto:a@b.org", "http://.org",
    ])
    func `links lead to the web or to Telegram`(url: String) {
        #expect(refusal("abc", entity("text_link", 0, 1, ["url": .string(url)]))?.contains("is invalid") == true)
    }

    @Test(arguments: [
        "http://example.org", "https://u@a.b:8/x?y#z", "tg://user?id=1", "HTTPS://A.B", "http://10.0.0.1",
    ])
    func `links to the web and to Telegram are taken`(url: String) {
        #expect(refusal("abc", entity("text_link", 0, 1, ["url": .string(url)])) == nil)
    }

    @Test func `entities that are none are refused, and those that Telegram finds itself are passed over`() throws {
        #expect(refusal("abc", ["type": "bold"]) != nil && refusal("abc", "bold") != nil)
        #expect(refusal("abc", entity("loud", 0, 1)) != nil)
        #expect(throws: APIFault.self) { try FormattedText.message("abc", entities: ["type": "bold"]) }
        #expect(try FormattedText.message("/abc", entities: [entity("bot_command", 0, 4)]).entities.isEmpty)
    }

    @Test func `any text with any nested styles keeps what the entities cover`() throws {
        let seed = Seed()
        let letters: [Character] = ["a", " ", "\n", "\t", "ü", "😀", "👩‍👩‍👧", "ا", "x"]
        for round in 0..<300 {
            var random = seed.generator(round)
            let words = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                String(
                    (0..<Int.random(in: 1...5, using: &random)).map { _ in letters.randomElement(using: &random) ?? "x"
                    })
            }
            var raw = "<"
            var entities: [JSONValue] = []
            for word in words {
                entities.append(entity("bold", raw.utf16.count, word.utf16.count))
                raw += word + "|"
            }
            let text = try FormattedText.message(raw + ">", entities: .array(entities))
            var shown = ShownMessage(id: 1, isByBot: true, text: text.text, date: 0)
            shown.entities = text.entities
            #expect(shown.parts("bold") == words.map { $0.replacing("\t", with: " ") }, "seed \(seed), round \(round)")
        }
    }
}
