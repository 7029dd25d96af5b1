/// Why the state of a workspace cannot be used.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The failures that callers tell apart.
    public enum Code: Hashable, Sendable {
        /// A directory or file cannot be created, read or written.
        case unusable
        /// The database was written by a newer version.
        case newer
        /// The database was written by an older version and has to be migrated first.
        case older
        /// Another process holds the workspace, or a file is there already.
        case held
    }

    /// Which failure it is.
    public var code: Code
    /// What is wrong and what to do about it.
    public var description: String
}
