import Redaction

/// The beginning of a text, of bounded size.
struct Excerpt: Sendable {
    private let text: String
    /// How many bytes the whole text has.
    private let size: Int

    /// The first `limit` bytes of `text`, or a few less.
    init(_ text: String, limit: Int) {
        size = text.utf8.count
        guard size > limit else {
            self.text = text
            return
        }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        self.text = String(text[..<end])
    }

    /// The text without its secrets, and without the beginning of one where it was cut.
    func redacted(by redactor: Redactor) -> String {
        guard size > text.utf8.count else { return redactor.redact(text).text }
        // Not finished: what could go on as a secret is held back, and stays so.
        var stream = StreamRedactor(redactor)
        return "\(stream.take(text))… (\(size) bytes in all)"
    }
}
