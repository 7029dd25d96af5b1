/// Why the settings cannot be used: everything that is wrong, in one go.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The kinds that callers tell apart.
        public enum Code: Hashable, Sendable {
            /// A file that was named is not there.
            case missing
            /// A file cannot be read: no permission, too big, not UTF-8.
            case unreadable
            /// A file's text breaks the rules of its format.
            case malformed
            /// A value has the wrong type or is out of range.
            case invalid
        }

        /// What kind it is.
        public let code: Code
        /// Where it is.
        public let origin: Origin
        /// The path of the setting; nil when it is about a whole file or line.
        public let key: String?
        /// What is wrong; shows no secret.
        public let reason: String

        init(_ code: Code, at origin: Origin, key: String? = nil, _ reason: String) {
            self.code = code
            self.origin = origin
            self.key = key
            self.reason = reason
        }

        /// The place, the key and the reason: `conf.toml:12: codex.sandbox: found the integer 3, expected one of …`.
        public var description: String {
            [origin.description, key, reason].compactMap(\.self).joined(separator: ": ")
        }
    }

    /// At least one; in the order of the layers, and of the lines in each.
    public let problems: [Problem]

    /// One line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
