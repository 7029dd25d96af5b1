import JSONRPC
import Testing

@testable import TestSupport

@Suite struct JSONTextTests {
    @Test func `what is written is read back`() throws {
        let value: JSONValue = [
            "text": "a \"quote\" \\ \n \u{1} ü 👩‍👩‍👧", "numbers": [0, -12, 1.5, 9_007_199_254_740_993],
            "nothing": nil, "truth": [true, false], "empty": [[:], []],
        ]
        #expect(try JSONReader.read(JSONWriter.bytes(of: value)) == value)
    }

    @Test func `escapes are read, also those of two halves`() throws {
        #expect(try JSONReader.read(#" "\u00fc\ud83d\ude00\n\/\t" "#.utf8) == "ü😀\n/\t")
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\q\"", "nul", "1 2", "\"a\nb\"", "{1:2}",
        "--1",
        String(repeating: "[", count: 200),
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(text.utf8) }
    }

    @Test func `a text that is no UTF-8 is refused`() {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
    }
}
