/// Long pastes, kept aside while a short placeholder stands for each of them in the line.
///
/// libedit copies and measures the whole line for every key, so a line of a megabyte could hardly be edited; nor would
/// a person want to see it. The placeholder is replaced by the text when the line is submitted, also when the line
/// comes back out of the history. One that was edited is only text.
struct PasteShelf {
    /// Longer pastes, in characters, are kept aside; so are those with more lines.
    static let characterLimit = 2_000
    static let lineLimit = 40
    /// How many are kept.
    ///
    /// An older one's placeholder stays what it looks like.
    static let capacity = 32

    private var held: [(placeholder: String, text: String)] = []
    private var count = 0

    /// What to put into the line for `text`: itself, or a placeholder.
    mutating func shelve(_ text: String) -> String {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
        let length = text.unicodeScalars.count
        guard length > Self.characterLimit || lines > Self.lineLimit else { return text }
        count += 1
        let placeholder = "[pasted \(Self.grouped(length)) characters #\(count)]"
        held.append((placeholder, text))
        if held.count > Self.capacity { held.removeFirst() }
        return placeholder
    }

    /// `line` with the texts in place of their placeholders.
    func expand(_ line: String) -> String {
        // Looked for in the line as it was typed: a pasted text that holds a placeholder is not expanded again.
        let places = held.flatMap { entry in line.ranges(of: entry.placeholder).map { ($0, entry.text) } }
            .sorted { $0.0.lowerBound < $1.0.lowerBound }
        var expanded = ""
        var rest = line.startIndex
        for (range, text) in places {
            expanded += line[rest..<range.lowerBound] + text
            rest = range.upperBound
        }
        return expanded + line[rest...]
    }

    /// 12345 → "12,345", whatever the locale.
    private static func grouped(_ number: Int) -> String {
        let digits = String(number)
        return digits.enumerated().reduce(into: "") { text, digit in
            if digit.offset > 0, (digits.count - digit.offset).isMultiple(of: 3) { text += "," }
            text.append(digit.element)
        }
    }
}
