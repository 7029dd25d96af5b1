/// A text without its secrets.
public struct Redacted: Hashable, Sendable {
    /// The text, with `<redacted: KIND>` where a secret was.
    public var text: String
    /// How many secrets were removed.
    public var count: Int

    /// Creates the result of a redaction.
    public init(text: String, count: Int) {
        self.text = text
        self.count = count
    }

    /// How every replacement begins.
    static let opening = Array("<redacted: ".utf8)

    /// What stands for a secret: has nothing that would have to be escaped in JSON, and is itself left alone.
    ///
    /// The kind is for the reader, who can then tell which of his keys was about to be seen.
    static func replacement(for kind: String) -> String { "<redacted: \(kind)>" }
}
