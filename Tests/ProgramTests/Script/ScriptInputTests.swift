import Foundation
import Testing

extension BuiltProgramTests {
    /// What becomes of the bytes of a script.
    @Suite(.timeLimit(.minutes(1))) struct ScriptInputTests {
        /// The texts of the turns that the input makes.
        private func messages(_ input: String) async throws -> [String] {
            try await messages(Array(input.utf8))
        }

        private func messages(_ input: [UInt8]) async throws -> [String] {
            let result = try await Program().run(["chat", "--json"], input: input)
            #expect(result.status == 0)
            #expect(result.errors == "")
            return try result.events().of("turn.started").map { $0.text ?? "" }
        }

        @Test func `a line that ends in a backslash goes on in the next`() async throws {
            #expect(try await messages("one\\\ntwo\\\nthree\nfour\n") == ["one\ntwo\nthree", "four"])
        }

        @Test func `a fence joins lines, commands in it are no commands`() async throws {
            let fence = "look:\\\n```swift\n/status\n\nlet x = 1 \\\n```"
            let message = "look:\n```swift\n/status\n\nlet x = 1 \\\n```"
            #expect(try await messages(fence + "\nnext\n") == [message, "next"])
        }

        @Test(arguments: ["one\\\ntwo", "```\none\ntwo", "one\ntwo\\"])
        func `what is open at the end of the input is said all the same`(input: String) async throws {
            let texts = try await messages(input)
            #expect(texts.joined(separator: "\n").contains("two"))
        }

        @Test func `carriage returns before line feeds are no part of the lines`() async throws {
            #expect(try await messages("one\r\ntwo\\\r\nthree\r\n") == ["one", "two\nthree"])
        }

        @Test(arguments: ["", "\n", "\n\n  \n\t\n", "\r\n"])
        func `nothing and blank lines say nothing`(input: String) async throws {
            #expect(try await messages(input) == [])
        }

        @Test func `the last line needs no line feed`() async throws {
            #expect(try await messages("one\ntwo") == ["one", "two"])
        }

        @Test func `bytes that are no UTF-8, and NUL, are replaced`() async throws {
            let bytes = [0x61, 0xff, 0xc3, 0x28, 0x00, 0x62, 0x0a] as [UInt8]
            #expect(try await messages(bytes + Array("next\n".utf8)) == ["a\u{FFFD}\u{FFFD}(\u{FFFD}b", "next"])
        }

        @Test func `characters of several bytes come through in pieces`() async throws {
            let run = try Program().start("chat", "--json")
            for byte in Array("grüße 👩‍👩‍👧 日本\n".utf8) { run.send([byte]) }
            run.closeInput()
            let result = try await run.ended()
            #expect(try result.events().of("turn.started").map(\.text) == ["grüße 👩‍👩‍👧 日本"])
        }

        @Test func `a line of 1 MB is one message`() async throws {
            let line = String(repeating: "0123456789abcde ", count: 1 << 16)
            #expect(try await messages(line + "\n") == [line])
        }

        @Test func `a line of more than 16 MiB is refused, and the rest runs`() async throws {
            let line = [UInt8](repeating: UInt8(ascii: "x"), count: (16 << 20) + 1)
            let result = try await Program().run(["chat"], input: line + Array("\n/mode\n".utf8))
            #expect(result.output == "mode: single\n")
            #expect(result.errors == "cm: error: a line of more than 16 MB was left out\n")
            #expect(result.status == 1)
        }
    }
}
