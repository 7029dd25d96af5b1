import Foundation
import TestSupport
import Testing

@testable import JSONRPC

@Suite struct LineFramerTests {
    private static let text = "{\"a\":1}\n\n{\"b\":\"\u{2028}\u{85}é\"}\r\n\n\nlast\nrest"
    private static let lines = ["{\"a\":1}", "{\"b\":\"\u{2028}\u{85}é\"}\r", "last"]

    private static func lines(of bytes: [UInt8], chunk size: Int, limit: Int = 64) throws -> [String] {
        var framer = LineFramer(limit: limit)
        var lines: [Data] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            lines += try framer.append(bytes[start..<min(start + size, bytes.count)])
        }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: 1...text.utf8.count)
    func `finds the same lines whatever the chunk size`(size: Int) throws {
        #expect(try Self.lines(of: Array(Self.text.utf8), chunk: size) == Self.lines)
    }

    @Test(arguments: 1...12) func `takes a line of exactly the limit and refuses a longer one`(size: Int) throws {
        #expect(try Self.lines(of: Array("a\n12345\n".utf8), chunk: size, limit: 5) == ["a", "12345"])
        #expect(throws: LineFramer.LineTooLong(limit: 5)) {
            try Self.lines(of: Array("a\n123456\n".utf8), chunk: size, limit: 5)
        }
        #expect(throws: LineFramer.LineTooLong(limit: 5)) {
            try Self.lines(of: Array("a\n123456".utf8), chunk: size, limit: 5)
        }
    }

    @Test func `takes chunks that are not contiguous`() throws {
        var framer = LineFramer()
        #expect(try framer.append("ab\nc".utf8.lazy.map { $0 }) == [Data("ab".utf8)])
        #expect(try framer.append("d\n".utf8.lazy.map { $0 }) == [Data("cd".utf8)])
    }

    @Test(arguments: [(line: 50 << 20, chunk: 4 << 10), (line: 3, chunk: 8 << 20)])
    func `looks at each byte once`(line: Int, chunk: Int) async throws {
        let total = max(line + 1, chunk)
        var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: total)
        for end in stride(from: line, to: total, by: line + 1) { bytes[end] = UInt8(ascii: "\n") }
        var framer = LineFramer()
        var found = 0
        for start in stride(from: 0, to: total, by: chunk) {
            await Task.yield()
            found += try framer.append(bytes[start..<min(start + chunk, total)]).count
        }
        #expect(found == total / (line + 1))
        #expect(framer.examined == total)
    }

    @Test func `lines of random bytes survive random chunks`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                UInt8.random(in: 9...12, using: &random)
            }
            var framer = LineFramer()
            var found: [Data] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let chunk = rest.prefix(Int.random(in: 1...40, using: &random))
                found += try framer.append(chunk)
                rest = rest.dropFirst(chunk.count)
            }
            let complete = bytes.lastIndex(of: 10).map { bytes[..<$0] } ?? []
            #expect(found == complete.split(separator: 10).map { Data($0) }, "seed \(seed)")
        }
    }
}
