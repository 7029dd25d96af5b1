/// Why something about a directory cannot be told.
public struct ReadingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Hashable, Sendable {
        /// There is no git, or no repository that it could be asked about.
        case noRepository
        /// There is no such file, or it is nothing that has lines.
        case noFile
        /// It is not to be shown: outside of the directory, or a file of secrets.
        case refused
        /// The question itself makes no sense.
        case question
        /// git failed.
        case git
        /// It took longer than it may.
        case timedOut
    }

    /// What went wrong.
    public var code: Code
    /// A sentence that says what to look at.
    public var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// What git's `command` said when it failed.
    static func git(_ command: String, _ outcome: Git.Outcome) -> ReadingError {
        let words = outcome.reason.isEmpty ? "git \(command) \(outcome.status)" : outcome.reason
        return ReadingError(.git, "git cannot tell it: \(PlainLines.shown(words))")
    }
}
