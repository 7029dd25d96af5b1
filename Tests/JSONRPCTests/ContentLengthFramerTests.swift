import Foundation
import TestSupport
import Testing

@testable import JSONRPC

@Suite struct ContentLengthFramerTests {
    private static let stream =
        "Content-Length: 7\r\n\r\n{\"a\":1}"
        + "content-length:4 \r\nContent-Type: application/json; charset=utf-8\r\n\r\né\r\n"
        + "X: \r\nCONTENT-LENGTH:\t0\r\n\r\n"
        + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n\n\nContent-Length: 9\r\n\r\nrest"
    private static let messages = ["{\"a\":1}", "é\r\n", "\n\n"]

    private static func messages(of text: String, chunk size: Int, limit: Int = 64) throws -> [String] {
        let bytes = Array(text.utf8)
        var framer = ContentLengthFramer(limit: limit)
        var messages: [Data] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            messages += try framer.append(bytes[start..<min(start + size, bytes.count)])
        }
        return messages.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: 1...stream.utf8.count)
    func `finds the same messages whatever the chunk size`(size: Int) throws {
        #expect(try Self.messages(of: Self.stream, chunk: size) == Self.messages)
    }

    @Test func `takes chunks that are not contiguous`() throws {
        var framer = ContentLengthFramer()
        #expect(try framer.append("Content-Length: 2\r\n\r\na".utf8.lazy.map { $0 }) == [])
        #expect(try framer.append("b".utf8.lazy.map { $0 }) == [Data("ab".utf8)])
    }

    @Test(
        arguments: [
            ("Warning: no header\nContent-Length: 1\r\n\r\nx", .notAHeader, "Warning: no header"),
            ("{\"a\":1}\r\n\r\n", .notAHeader, "{\"a\":1}"), ("hello\r\n", .notAHeader, "hello"),
            (": 5\r\n", .notAHeader, ": 5"), ("Content-Length 5\r\n", .notAHeader, "Content-Length 5"),
            ("Content-Length: 5\n\n", .notAHeader, "Content-Length: 5"),
            ("Content-Length:\r\n", .badLength, "Content-Length:"),
            ("Content-Length: five\r\n", .badLength, "Content-Length: five"),
            ("Content-Length: -5\r\n", .badLength, "Content-Length: -5"),
            ("Content-Length: +5\r\n", .badLength, "Content-Length: +5"),
            ("Content-Length: 5 6\r\n", .badLength, "Content-Length: 5 6"),
            ("Content-Length: 5.0\r\n", .badLength, "Content-Length: 5.0"),
            (
                "Content-Length: 99999999999999999999\r\n", .badLength, "Content-Length: 99999999999999999999"
            ),
            ("Content-Length: 5\r\nContent-Length: 6\r\n", .badLength, "Content-Length: 6"),
            ("Content-Type: x\r\n\r\n", .noLength, ""), ("\r\n", .noLength, ""), ("\n", .notAHeader, ""),
            ("Content-Length: 65\r\n\r\n", .messageTooLong, "65"),
        ] as [(String, ContentLengthError.Code, String)])
    func `what is no message is named, whatever the chunk size`(
        text: String, code: ContentLengthError.Code, found: String
    ) {
        for size in 1...text.utf8.count {
            let error = #expect(throws: ContentLengthError.self) { try Self.messages(of: text, chunk: size) }
            #expect(error?.code == code, "in chunks of \(size)")
            #expect(error?.found.hasPrefix(found) == true, "in chunks of \(size)")
        }
    }

    @Test(arguments: [1, 7, 1 << 20]) func `a header that does not end is refused in time`(size: Int) throws {
        let endless = String(repeating: "x", count: ContentLengthFramer.headerLimit + 1)
        let error = #expect(throws: ContentLengthError.self) { try Self.messages(of: endless, chunk: size) }
        #expect(error?.code == .headerTooLong)
        #expect(error?.found == String(repeating: "x", count: 80))
        let lines = String(repeating: "a: b\r\n", count: ContentLengthFramer.headerLimit / 6 + 1)
        let many = #expect(throws: ContentLengthError.self) { try Self.messages(of: lines, chunk: size) }
        #expect(many?.code == .headerTooLong)
    }

    @Test func `a message of exactly the limit is taken`() throws {
        let text = String(repeating: "x", count: 64)
        #expect(try Self.messages(of: "Content-Length: 64\r\n\r\n\(text)", chunk: 5) == [text])
    }

    @Test func `what is found is told with its control characters written out`() throws {
        let error = #expect(throws: ContentLengthError.self) {
            try Self.messages(of: "\u{1B}[31mred\r\n", chunk: 100)
        }
        #expect(
            error?.description
                == #"the other side sent "\u{1B}[31mred" where the header of a message should be"#)
    }

    @Test func `random messages survive random chunks`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let messages = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                Data((0..<Int.random(in: 1...60, using: &random)).map { _ in UInt8.random(in: 9...14, using: &random) })
            }
            var framer = ContentLengthFramer()
            var rest = messages.reduce(into: Data()) { $0 += framer.frame($1) }[...]
            var found: [Data] = []
            while !rest.isEmpty {
                let chunk = rest.prefix(Int.random(in: 1...40, using: &random))
                found += try framer.append(chunk)
                rest = rest.dropFirst(chunk.count)
            }
            #expect(found == messages, "seed \(seed)")
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a huge message in small chunks takes time in proportion to its size`() throws {
        let size = 50 << 20
        var framer = ContentLengthFramer()
        #expect(try framer.append("Content-Length: \(size)\r\n\r\n".utf8) == [])
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 4 << 10)
        for _ in 1..<(size / chunk.count) { #expect(try framer.append(chunk).isEmpty) }
        #expect(try framer.append(chunk).first?.count == size)
    }
}
