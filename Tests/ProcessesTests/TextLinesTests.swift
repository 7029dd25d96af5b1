import Testing

@testable import Processes

@Suite struct TextLinesTests {
    private static func lines(of bytes: [UInt8], chunk size: Int, limit: Int = 64) -> [String] {
        var text = TextLines(limit: limit)
        var lines: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            lines += text.append(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        return lines + text.finish()
    }

    @Test(arguments: 1...20) func `finds the same lines whatever the chunk size`(size: Int) {
        let bytes = Array("one\r\n\nt\u{2028}wo é\nrest".utf8)
        #expect(Self.lines(of: bytes, chunk: size) == ["one", "", "t\u{2028}wo é", "rest"])
    }

    @Test(arguments: 1...20) func `bytes that are no text are replaced`(size: Int) {
        let bytes: [UInt8] = [0xFF, 10, 0x61, 0xC3, 10, 0xC3]
        #expect(Self.lines(of: bytes, chunk: size) == ["\u{FFFD}", "a\u{FFFD}", "\u{FFFD}"])
    }

    @Test(arguments: 1...40) func `a long line comes in pieces cut between characters`(size: Int) {
        let line = "aé日🙂bcdé日🙂🙂🙂x"
        let pieces = Self.lines(of: Array("\(line)\nnext".utf8), chunk: size, limit: 6)
        #expect(pieces.dropLast().joined() == line && pieces.last == "next")
        #expect(pieces.allSatisfy { $0.utf8.count <= 6 && !$0.contains("\u{FFFD}") })
    }

    @Test(arguments: 1...5) func `a line of exactly the limit is one piece`(size: Int) {
        #expect(
            Self.lines(of: Array("12345\n\n1234567890\n".utf8), chunk: size, limit: 5) == [
                "12345", "", "12345", "67890",
            ])
    }

    @Test func `bytes that never begin a character still pass`() {
        let pieces = Self.lines(of: [UInt8](repeating: 0x80, count: 50), chunk: 7, limit: 4)
        #expect(pieces.joined() == String(repeating: "\u{FFFD}", count: 50))
    }
}
