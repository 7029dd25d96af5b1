/// What settings need of a file system.
public struct FileAccess: Sendable {
    /// The bytes of the file at an absolute path, or nil when there is none.
    ///
    /// Throws ``FileFailure`` when it is bigger than the limit in bytes, or is there but cannot be read.
    public var read: @Sendable (_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8]?
    /// Creates the file at an absolute path with its directories, readable by the user alone.
    ///
    /// Never replaces one that is there. Throws ``FileFailure``.
    public var create: @Sendable (_ path: String, _ bytes: [UInt8]) throws(FileFailure) -> Void
    /// What tells the file at an absolute path from what it was; nil when there is none.
    public var stamp: @Sendable (_ path: String) -> FileStamp?

    /// Access by these three operations.
    public init(
        read: @escaping @Sendable (_ path: String, _ limit: Int) throws(FileFailure) -> [UInt8]?,
        create: @escaping @Sendable (_ path: String, _ bytes: [UInt8]) throws(FileFailure) -> Void,
        stamp: @escaping @Sendable (_ path: String) -> FileStamp?
    ) {
        self.read = read
        self.create = create
        self.stamp = stamp
    }
}

/// What a file system says of a file without reading it; another one when the file was written or replaced.
public struct FileStamp: Hashable, Sendable {
    private let numbers: [Int64]

    /// A stamp of these numbers: place, size, times.
    public init(_ numbers: Int64...) { self.numbers = numbers }
}

/// Why a file cannot be used.
public struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason, to follow the name of the file and a colon.
    public let description: String

    /// A failure for this reason.
    public init(_ reason: String) { description = reason }
}
