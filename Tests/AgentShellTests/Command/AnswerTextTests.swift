import Testing

@testable import AgentShell

@Suite struct AnswerTextTests {
    private func text(_ bytes: [UInt8], in size: Int) -> String {
        var text = AnswerText(), said = ""
        for start in stride(from: 0, to: bytes.count, by: size) {
            said += text.append(bytes[start..<min(start + size, bytes.count)])
        }
        return said + text.finish()
    }

    @Test(arguments: 1...9) func `characters survive any cut`(size: Int) {
        let answer = "\né€🦊 a\u{301}\n\nend\r\nof it"
        #expect(text(Array(answer.utf8), in: size) == answer)
        #expect(text(Array((answer + "\n\r\n\n").utf8), in: size) == answer)
    }

    @Test func `text is said as soon as it is certain`() {
        var text = AnswerText()
        #expect(text.append("a€".utf8.dropLast()) == "a")
        #expect(text.append("€".utf8.suffix(1)) == "€")
        #expect(text.append("one\n".utf8) == "one")
        #expect(text.append("two".utf8) == "\ntwo")
        #expect(text.append("\n\n".utf8) == "")
        #expect(text.finish() == "")
    }

    @Test func `what is no text is replaced`() {
        #expect(
            text([0xFF, 0x61, 0x80, 0x80, 0x80, 0x80, 0x62], in: 1) == "\u{FFFD}a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b")
        #expect(text([0x61, 0xE2, 0x82], in: 2) == "a\u{FFFD}")
    }
}
