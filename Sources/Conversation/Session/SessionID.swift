/// Names one conversation, for example `tty:default` or `ask:7f3a9c`.
public struct SessionID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The whole name, its kind before the first colon.
    public var rawValue: String

    /// Takes `rawValue` as it is.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The terminal session called `name`, or nil when the name has other characters than letters, digits,
    /// `-`, `_` and `.`, is empty, or is longer than 64 characters.
    public init?(terminal name: String) {
        let allowed = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0)
        }
        guard allowed, !name.isEmpty, name.count <= 64 else { return nil }
        rawValue = "tty:" + name
    }

    /// A session of its own for one question.
    ///
    /// Nobody comes back to it.
    public init(question id: String) { rawValue = "ask:" + id }

    /// Whether it was made for one question.
    var isQuestion: Bool { rawValue.hasPrefix("ask:") }

    /// The name as it is.
    public var description: String { rawValue }
}
