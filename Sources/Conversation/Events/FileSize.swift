/// How large a file is, for people.
public struct FileSize: Hashable, Sendable, CustomStringConvertible {
    private let bytes: Int64

    /// The size of so many bytes.
    public init(_ bytes: Int64) { self.bytes = bytes }

    /// In bytes, or with one digit behind the point, rounded up: what is over a limit reads so.
    public var description: String {
        if bytes < 1 << 10 { return "\(bytes) \(bytes == 1 ? "byte" : "bytes")" }
        let (unit, name): (Int64, String) = bytes < 1 << 20 ? (1 << 10, "KB") : (1 << 20, "MB")
        // The whole units apart: ten times any number of bytes may be no number any more.
        let tenths = bytes / unit * 10 + (bytes % unit * 10 + unit - 1) / unit
        return "\(tenths / 10).\(tenths % 10) \(name)"
    }
}
