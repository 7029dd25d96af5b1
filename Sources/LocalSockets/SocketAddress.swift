#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where a socket is, as the system takes it.
struct SocketAddress: Sendable {
    private var storage = sockaddr_un()
    private var length: socklen_t

    /// The address of the file at `path`.
    init(path: String) throws(LocalSocketError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw LocalSocketError(.badPath, path) }
        guard path.utf8.count <= SocketPath.capacity else { throw LocalSocketError(.pathTooLong, path) }
        // The zero byte behind it is part of the address.
        length = Self.length(of: path.utf8.count + 1)
        fill(Array(path.utf8))
    }

    /// An address that is a name without a file, which Linux alone has; `nil` when the name does not fit.
    init?(abstract name: String) {
        guard !name.isEmpty, name.utf8.count <= SocketPath.capacity else { return nil }
        length = Self.length(of: name.utf8.count + 1)
        fill([0] + Array(name.utf8))
    }

    /// Runs `body` with the address.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    private static func length(of name: Int) -> socklen_t {
        let start = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        return socklen_t(start + name)
    }

    private mutating func fill(_ bytes: [UInt8]) {
        storage.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &storage.sun_path) { $0.copyBytes(from: bytes) }
    }
}
