import TestSupport
import Testing

@testable import REPL

@Suite struct KeyDecoderTests {
    private static func keys(_ text: String) -> [Keystroke] {
        text.unicodeScalars.map(Keystroke.character)
    }

    private static func decode(_ bytes: [UInt8], chunk: Int) -> [Keystroke] {
        var decoder = KeyDecoder()
        var keystrokes: [Keystroke] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            keystrokes += decoder.decode(bytes[start..<min(start + chunk, bytes.count)])
        }
        return keystrokes
    }

    @Test func `What is decoded does not depend on how the bytes were split`() {
        let bytes = Array("aä漢😀\u{1B}[A\u{1B}[200~eins\r\nzwei\u{1B}[201~\u{3}é\u{1B}[200~\u{1B}[201~z\r".utf8)
        let expected =
            Self.keys("aä漢😀\u{1B}[A") + [.paste("eins\nzwei")] + Self.keys("\u{3}é") + Self.keys("z\r")
        for chunk in 1...bytes.count {
            #expect(Self.decode(bytes, chunk: chunk) == expected, "in chunks of \(chunk)")
        }
    }

    @Test(arguments: [
        [0xFF], [0x80], [0xC3, 0x28], [0xC0, 0xAF], [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0xF0, 0x9F, 0x98, 0x1B], [0xE0, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xC3, 0xC3, 0xA4],
    ])
    func `Malformed UTF-8 becomes replacement characters, and what follows is kept`(malformed: [UInt8]) {
        let bytes = malformed + Array("ok".utf8)
        let expected = Self.keys(String(decoding: bytes, as: UTF8.self))
        for chunk in 1...bytes.count {
            #expect(Self.decode(bytes, chunk: chunk) == expected, "in chunks of \(chunk)")
        }
    }

    @Test func `NUL and C1 controls are no keys`() {
        #expect(Self.decode(Array("a\0b\u{81}c\u{9B}d".utf8), chunk: 3) == Self.keys("abcd"))
    }

    @Test func `A paste keeps newlines and tabs and drops other control characters`() {
        let bytes = Array("\u{1B}[200~a\tb\rc\r\nd\ne\u{3}\u{1B}[31m\u{7F}\u{85}\0f\u{1B}[200~\u{1B}[201~".utf8)
        for chunk in 1...bytes.count {
            #expect(Self.decode(bytes, chunk: chunk) == [.paste("a\tb\nc\nd\ne[31mf[200~")])
        }
    }

    @Test func `An end marker without a start is ignored`() {
        #expect(Self.decode(Array("a\u{1B}[201~b".utf8), chunk: 2) == Self.keys("ab"))
    }

    @Test func `An escape that might begin a marker is held until it is released`() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B]) == [])
        #expect(decoder.isHoldingEscape)
        #expect(decoder.releaseEscape() == Self.keys("\u{1B}"))
        #expect(!decoder.isHoldingEscape)
        #expect(decoder.decode(Array("[200~".utf8)) == Self.keys("[200~"))
    }

    @Test func `An abandoned paste is dropped, and keys are keys again`() {
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array("\u{1B}[200~lost\u{1B}[20".utf8)) == [])
        #expect(decoder.isPasting)
        decoder.abandonPaste()
        #expect(decoder.decode([0x03]) == Self.keys("\u{3}"))
    }

    @Test func `Of an endless paste a bounded part is kept`() {
        var decoder = KeyDecoder()
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        _ = decoder.decode(Array("\u{1B}[200~".utf8))
        for _ in 0..<20 { #expect(decoder.decode(chunk) == []) }
        guard case .paste(let text)? = decoder.decode(Array("\u{1B}[201~".utf8)).first else {
            Issue.record("no paste")
            return
        }
        #expect(text.utf8.count == KeyDecoder.pasteLimit)
    }

    @Test func `Random bytes decode alike in random chunks`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let pieces: [[UInt8]] = [
            Array("\u{1B}[200~".utf8), Array("\u{1B}[201~".utf8), Array("\u{1B}[20".utf8), [0x1B], Array("漢😀é".utf8),
            [0xE2, 0x82], [0xFF], Array("abc\r\n".utf8), [0], Array("\u{85}".utf8),
        ]
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 1...12, using: &random)).flatMap { _ in
                Bool.random(using: &random)
                    ? pieces.randomElement(using: &random) ?? [] : [UInt8.random(in: 0...255, using: &random)]
            }
            // A last byte, so that nothing is held back.
            let whole = Self.decode(bytes + [0x78], chunk: bytes.count + 1)
            let chunk = Int.random(in: 1...5, using: &random)
            #expect(Self.decode(bytes + [0x78], chunk: chunk) == whole, "seed \(seed), \(bytes) by \(chunk)")
        }
    }
}
