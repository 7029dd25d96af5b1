/// The lines of a file without its secrets, each with the number it has in the file.
///
/// A secret of several lines becomes one, so that the lines after it would be counted wrongly.
struct NumberedLines {
    private(set) var lines: [(number: Int, text: String)] = []
    /// How many lines the file has.
    let count: Int

    init(_ text: String, redact: (String) -> String) {
        let original = PlainLines.of(text), redacted = PlainLines.of(redact(text))
        count = original.count
        var place = 0
        for (index, line) in redacted.enumerated() {
            lines.append((min(place, max(0, count - 1)) + 1, line))
            defer { place += 1 }
            // As many lines of the file as are missing at most belong to what was taken out.
            let missing = (original.count - place) - (redacted.count - index)
            guard missing > 0, place < original.count, original[place] != line else { continue }
            guard index + 1 < redacted.count else { continue }
            let next = redacted[index + 1]
            let skipped = (0...missing).first { original[place + 1 + $0] == next }
            place += skipped ?? missing
        }
    }
}
