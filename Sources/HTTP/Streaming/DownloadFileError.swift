#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file that what is downloaded cannot be written to.
public struct DownloadFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file to be made.
    public var path: String
    /// The system's error number.
    public var errno: Int32

    /// Says what to look at.
    public var description: String { "\(path) cannot be written: \(String(cString: strerror(errno)))" }
}
