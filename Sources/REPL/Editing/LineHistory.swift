/// The lines that were submitted, and which of them is being looked at.
///
/// libedit has commands for this, but they cut a half-typed line at 1,024 characters when they put it aside. They are
/// used only for searching.
struct LineHistory {
    static let limit = 1_000

    /// Oldest first.
    private(set) var entries: [String]
    /// The entry that is in the line, or `entries.count` for the line being written.
    private var position: Int
    /// The line being written, while an entry is in its place.
    private var unfinished = ""

    init(entries: [String] = []) {
        self.entries = entries.suffix(Self.limit)
        position = self.entries.count
    }

    /// Adds a submitted line and returns to the newest; false when it is blank or the same as the one before it.
    mutating func add(_ line: String) -> Bool {
        defer { rewind() }
        guard line.contains(where: { !$0.isWhitespace }), line != entries.last else { return false }
        entries.append(line)
        if entries.count > Self.limit { entries.removeFirst() }
        return true
    }

    /// The next line starts from the newest entry.
    mutating func rewind() {
        position = entries.count
        unfinished = ""
    }

    /// The entry before, nil at the oldest.
    ///
    /// `line` is kept for the way back.
    mutating func older(than line: String) -> String? {
        guard position > 0 else { return nil }
        if position == entries.count { unfinished = line }
        position -= 1
        return entries[position]
    }

    /// The entry after, at last the line that was being written; nil behind that.
    mutating func newer() -> String? {
        guard position < entries.count else { return nil }
        position += 1
        return position < entries.count ? entries[position] : unfinished
    }
}
