/// Finds a text in files: any case of ASCII letters when it has no capital itself.
struct TextSearch {
    let text: String
    let ignoresCase: Bool
    private let needle: [UInt8]

    /// Throws when `text` is none that could be found.
    init(_ text: String) throws(ReadingError) {
        guard !text.isEmpty, text.utf8.count <= 200, !text.utf8.contains(where: { $0 < 0x20 }) else {
            throw ReadingError(.question, "only a text of one line and of up to 200 bytes can be looked for")
        }
        self.text = text
        ignoresCase = text.lowercased() == text
        needle = Array(text.utf8)
    }

    /// Whether the text is in `bytes`.
    func isIn(_ bytes: some Collection<UInt8>) -> Bool {
        let found = bytes.withContiguousStorageIfAvailable { isIn($0) }
        return found ?? Array(bytes).withUnsafeBufferPointer { isIn($0) }
    }

    private func isIn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= needle.count else { return false }
        return needle.withUnsafeBufferPointer { needle in
            for start in 0...(bytes.count - needle.count) {
                var at = 0
                while at < needle.count, folded(bytes[start + at]) == needle[at] { at += 1 }
                if at == needle.count { return true }
            }
            return false
        }
    }

    private func folded(_ byte: UInt8) -> UInt8 {
        ignoresCase && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
