/// Cuts a byte stream into lines of text at LF, whatever chunks it arrives in.
///
/// Made for logs: a line longer than the limit comes in pieces cut between characters, and bytes that are no UTF-8
/// are replaced by U+FFFD. A CR before the LF is dropped. Linear in the number of bytes.
struct TextLines {
    /// 64 KiB: enough for any line a person reads.
    static let defaultLimit = 64 << 10

    private let limit: Int
    private var partial: [UInt8] = []
    /// Whether the line's beginning was already handed out.
    private var isContinued = false

    /// - Parameter limit: The most bytes of a piece; at least 4, so that every character fits.
    init(limit: Int = defaultLimit) { self.limit = max(limit, 4) }

    /// Adds a chunk and returns the lines and pieces it completes.
    mutating func append(_ chunk: [UInt8]) -> [String] {
        var lines: [String] = []
        var rest = chunk[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            add(rest[..<end], to: &lines)
            endLine(into: &lines)
            rest = rest[(end + 1)...]
        }
        add(rest, to: &lines)
        return lines
    }

    /// Returns what is left when the stream ends without a line feed.
    mutating func finish() -> [String] {
        var lines: [String] = []
        if !partial.isEmpty { endLine(into: &lines) }
        return lines
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>, to lines: inout [String]) {
        var rest = bytes
        while partial.count + rest.count > limit {
            let taken = limit - partial.count
            partial += rest.prefix(taken)
            rest = rest.dropFirst(taken)
            let end = Self.characterBoundary(in: partial)
            lines.append(String(decoding: partial[..<end], as: UTF8.self))
            partial.removeFirst(end)
            isContinued = true
        }
        partial += rest
    }

    private mutating func endLine(into lines: inout [String]) {
        if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
        if !(partial.isEmpty && isContinued) { lines.append(String(decoding: partial, as: UTF8.self)) }
        partial.removeAll(keepingCapacity: true)
        isContinued = false
    }

    /// Where the last character that may be incomplete begins, or the end when none is.
    private static func characterBoundary(in bytes: [UInt8]) -> Int {
        for back in 1...min(4, bytes.count) {
            let byte = bytes[bytes.count - back]
            if byte & 0b1100_0000 == 0b1000_0000 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            // At least the first byte of a piece is taken, or it would never get shorter.
            return length > back && bytes.count > back ? bytes.count - back : bytes.count
        }
        return bytes.count
    }
}
