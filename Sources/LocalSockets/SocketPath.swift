#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where a socket goes whose path might be too long for the system.
public enum SocketPath {
    /// The most bytes a path may have: 107 on Linux, 103 on macOS.
    public static let capacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// `preferred` where it fits, else a short path that is always the same for the same `preferred`.
    ///
    /// That is `cm-<8 hex digits of it>.sock` in `runtimeDirectory`, where that is absolute, this user's, closed to the
    /// writing of others, and short enough; else in `cm-<user>` in `temporaryDirectory`, which is made, readable by the
    /// user alone. Nothing else is made: the directory of `preferred` is the caller's.
    ///
    /// Throws ``LocalSocketError``: `notPrivate` when `cm-<user>` is there and is another's, open to others, or no
    /// directory; `pathTooLong` when nothing fits.
    public static func place(
        for preferred: String, runtimeDirectory: String?, temporaryDirectory: String
    ) throws -> String {
        if fits(preferred) { return preferred }
        let name = "cm-\(hash(preferred)).sock"
        if let runtime = runtimeDirectory.map(withoutLastSlash), runtime.hasPrefix("/"), fits("\(runtime)/\(name)"),
            isSafe(runtime)
        {
            return "\(runtime)/\(name)"
        }
        let directory = "\(withoutLastSlash(temporaryDirectory))/cm-\(getuid())"
        guard fits("\(directory)/\(name)") else { throw LocalSocketError(.pathTooLong, "\(directory)/\(name)") }
        try makePrivate(directory)
        return "\(directory)/\(name)"
    }

    private static func fits(_ path: String) -> Bool { path.utf8.count <= capacity }

    private static func withoutLastSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    private static func isSafe(_ directory: String) -> Bool {
        var found = stat()
        guard stat(directory, &found) == 0 else { return false }
        return found.st_mode & S_IFMT == S_IFDIR && found.st_uid == getuid() && found.st_mode & 0o022 == 0
    }

    /// Makes the directory, or makes sure that the one there can be trusted: `/tmp` is everybody's.
    private static func makePrivate(_ directory: String) throws(LocalSocketError) {
        if mkdir(directory, 0o700) != 0, errno != EEXIST { throw LocalSocketError(errno: errno, directory) }
        var found = stat()
        guard lstat(directory, &found) == 0 else { throw LocalSocketError(errno: errno, directory) }
        let detail: String? =
            if found.st_mode & S_IFMT == S_IFLNK {
                "a symbolic link, where a directory of this user should be"
            } else if found.st_mode & S_IFMT != S_IFDIR {
                "no directory"
            } else if found.st_uid != getuid() {
                "the directory of another user (\(found.st_uid))"
            } else if found.st_mode & 0o7777 != 0o700 {
                "a directory of mode \(String(found.st_mode & 0o7777, radix: 8)), not 700"
            } else {
                nil
            }
        if let detail { throw LocalSocketError(.notPrivate, directory, detail: detail) }
    }

    /// FNV-1a, 32 bits: stable across versions, and only there to tell sockets apart.
    private static func hash(_ text: String) -> String {
        let value = text.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
