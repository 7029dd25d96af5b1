/// Makes text of a command's output, whatever chunks it arrives in.
///
/// Characters are never cut; bytes that are no UTF-8 are replaced by U+FFFD. Line feeds at the end are left out: they
/// are the shell's custom, not part of an answer.
struct AnswerText {
    /// The beginning of a character, or line feeds that may be the last.
    private var held: [UInt8] = []

    /// Takes a chunk and returns the text that is certain now.
    mutating func append(_ chunk: some Sequence<UInt8>) -> String {
        held += chunk
        let whole = held.count - Self.incomplete(held)
        let end = held[..<whole].lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }.map { $0 + 1 } ?? 0
        defer { held.removeFirst(end) }
        return String(decoding: held[..<end], as: UTF8.self)
    }

    /// The rest at the end of the output.
    mutating func finish() -> String {
        defer { held = [] }
        let end = held.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }.map { $0 + 1 } ?? 0
        return String(decoding: held[..<end], as: UTF8.self)
    }

    /// How many bytes at the end are the beginning of a character.
    private static func incomplete(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte & 0b1100_0000 == 0b1000_0000 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }
}
