/// Names one conversation, for example `tty:default` or `ask:7f3a9c`.
public struct SessionID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The whole name, its kind before the first colon.
    public var rawValue: String

    /// The session of the terminal, where no other is named.
    public static let terminal = SessionID(rawValue: "tty:default")

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

    /// The session that people mean by `name`: one of Telegram by its whole name, `tg:CHAT:PERSON` or
    /// `tg:CHAT:TOPIC:PERSON`, else the terminal session called so; nil for a name that none can have.
    public init?(named name: String) {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.first == "tg" else {
            self.init(terminal: name)
            return
        }
        let numbers = parts.dropFirst().compactMap { Int64($0) }
        // In the one way that each number is written.
        guard [2, 3].contains(numbers.count), "tg:" + numbers.map(String.init).joined(separator: ":") == name else {
            return nil
        }
        self.init(rawValue: name)
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
