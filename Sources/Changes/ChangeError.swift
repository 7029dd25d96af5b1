/// Why it cannot be told what changed.
public struct ChangeError: Error, Hashable, Sendable {
    /// What went wrong.
    public enum Code: Hashable, Sendable {
        /// The directory cannot be read.
        case directory
        /// There is a repository, and git cannot use it.
        case repository
        /// git failed at something else.
        case git
        /// The snapshot is not there any more, or needs git, which is missing.
        case snapshot
        /// The place for our own data cannot be used.
        case storage
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
}

extension ChangeError: CustomStringConvertible {}
