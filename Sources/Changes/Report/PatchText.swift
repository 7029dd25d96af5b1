/// Makes a bounded text of a unified diff that arrives in chunks.
///
/// Each file gets a share, so that the first large one does not take the room of all others.
struct PatchText {
    /// Longer lines are cut; they are no source text.
    static let lineLimit = 500
    /// What is kept free for the last words.
    private static let reserve = 100
    /// How much of a diff is looked through for files that come after a large one.
    private static let readLimit = 64 << 20

    private let limit: Int
    private let share: Int
    private(set) var text = ""
    /// Whether anything was left out.
    private(set) var isCut = false
    private var line: [UInt8] = []
    private var lineSize = 0
    private var used = 0
    private var skipped = 0
    private var received = 0
    private var isFull = false

    /// - Parameters:
    ///   - limit: The most bytes of the text.
    ///   - files: How many files the diff has.
    init(limit: Int, files: Int) {
        self.limit = limit - Self.reserve
        share = max(0, self.limit / max(1, min(files, 4)))
    }

    /// Takes a chunk; returns whether there is room for more.
    mutating func append(_ chunk: [UInt8]) -> Bool {
        received += chunk.count
        var rest = chunk[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[..<end])
            endLine()
            rest = rest[(end + 1)...]
        }
        take(rest)
        if received > Self.readLimit { isFull = true }
        return !isFull
    }

    /// Ends the text.
    mutating func finish() {
        if lineSize > 0 { endLine() }
        endFile()
        if isFull {
            isCut = true
            text += "[The rest of the diff is left out.]\n"
        }
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        // One more tells whether a character is cut.
        line += bytes.prefix(max(0, Self.lineLimit + 1 - line.count))
        lineSize += bytes.count
    }

    private mutating func endLine() {
        defer {
            line.removeAll(keepingCapacity: true)
            lineSize = 0
        }
        guard !isFull else { return }
        if line.starts(with: "diff --git ".utf8) {
            endFile()
            used = 0
        }
        var words = String(decoding: line, as: UTF8.self)
        if lineSize > Self.lineLimit {
            var end = Self.lineLimit
            while end > 0, line[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
            words = String(decoding: line[..<end], as: UTF8.self) + " [\(lineSize - end) more bytes]"
            isCut = true
        }
        let size = words.utf8.count + 1
        guard skipped == 0, used + size <= share else { return skipped += 1 }
        guard !isFull, text.utf8.count + size <= limit else {
            isFull = true
            return
        }
        text += words + "\n"
        used += size
    }

    private mutating func endFile() {
        guard skipped > 0, !isFull else { return }
        isCut = true
        let words = "[\(skipped) more lines of this file's diff are left out.]\n"
        skipped = 0
        // A file that is left out as a whole is named at the top.
        guard used > 0 else { return }
        if text.utf8.count + words.utf8.count <= limit {
            text += words
        } else {
            isFull = true
        }
    }
}
