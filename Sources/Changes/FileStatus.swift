#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What the system says of a file without opening it.
struct FileStatus: Hashable {
    enum Kind: UInt8 {
        case file = 0x66
        case link = 0x6C
        case directory = 0x64
        /// A pipe, a socket, a device: nothing that has a content.
        case other = 0x6F
    }

    struct Time: Hashable {
        var seconds: Int
        var nanoseconds: Int
    }

    var kind: Kind
    var size: Int
    var modified: Time
    /// When anything about it changed; nobody can set it back.
    var changed: Time
    var isExecutable: Bool

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFLNK: .link
            case S_IFDIR: .directory
            default: .other
            }
        size = Int(status.st_size)
        isExecutable = status.st_mode & S_IXUSR != 0
        #if canImport(Darwin)
            let (modification, change) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (modification, change) = (status.st_mtim, status.st_ctim)
        #endif
        modified = Time(seconds: modification.tv_sec, nanoseconds: modification.tv_nsec)
        changed = Time(seconds: change.tv_sec, nanoseconds: change.tv_nsec)
    }

    /// What is at `path`, without following a link there; `nil` when it cannot be seen.
    init?(at path: [UInt8]) {
        var status = stat()
        let result = path.withCString { lstat($0, &status) }
        guard result == 0 else { return nil }
        self.init(status)
    }

    /// Whether there is nothing at `path`, which is more than that it cannot be seen.
    static func isMissing(at path: [UInt8]) -> Bool {
        var status = stat()
        return path.withCString { lstat($0, &status) == 0 ? false : errno == ENOENT || errno == ENOTDIR }
    }
}

extension [UInt8] {
    /// The path as C takes it; paths are bytes, and need not be UTF-8.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        try (self + [0]).withUnsafeBufferPointer { bytes in
            try bytes.withMemoryRebound(to: CChar.self) { try body($0.baseAddress!) }
        }
    }
}
