/// A text that no description shows.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The text itself, for the one who needs it.
    public let value: String

    /// Hides `value`.
    public init(_ value: String) { self.value = value }

    /// Says only that there is something.
    public var description: String { "(hidden)" }

    /// The same.
    public var debugDescription: String { description }

    /// Without the text, which dumps would show.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension ValueForm where Value == Secret {
    /// Any text but the empty one; white space around it is a slip of copying and goes.
    package static var secret: Self {
        Self(
            expected: "a text that is not empty",
            read: { written, _ in
                written.string.map(\.trimmed).flatMap { $0.isEmpty ? nil : Secret($0) }
            },
            toml: { _ in nil })
    }
}
