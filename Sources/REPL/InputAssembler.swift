/// Puts typed lines together: a line that ends in `\` goes on in the next, and a fence of ``` up to its end is one text.
struct InputAssembler {
    private var lines: [String] = []
    private var isContinued = false
    private var isFenced = false

    /// Whether a text was begun and waits for more lines.
    var isOpen: Bool { isContinued || isFenced }

    /// Takes a line, without its line feed; returns the whole text once nothing is open.
    mutating func add(_ line: String) -> String? {
        // A pasted text is one line here and has lines of its own.
        for part in line.split(separator: "\n", omittingEmptySubsequences: false) {
            let fence = Fence(part)
            if isFenced ? fence != .none : fence == .opening { isFenced.toggle() }
        }
        isContinued = !isFenced && line.hasSuffix("\\")
        lines.append(isContinued ? String(line.dropLast()) : line)
        return isOpen ? nil : finish()
    }

    /// What was begun, at the end of the input; nil when nothing was.
    mutating func finish() -> String? {
        defer { self = InputAssembler() }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
