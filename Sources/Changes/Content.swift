#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Reads and writes whole files.
enum Content {
    /// The bytes of a file, and when it was last modified; `nil` when it cannot be read, or is longer than `limit`.
    static func load(
        _ path: [UInt8], limit: Int = .max, followsLink: Bool = false
    ) -> (bytes: [UInt8], status: FileStatus)? {
        // A pipe that took the place of a file must not hold us up.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLink ? 0 : O_NOFOLLOW)
        let file = path.withCString { open($0, flags) }
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, FileStatus(status).kind == .file else { return nil }
        var bytes: [UInt8] = []
        while true {
            let capacity = max(Int(status.st_size) - bytes.count + 1, 4096)
            let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                count = max(0, system { read(file, buffer.baseAddress, buffer.count) })
            }
            if chunk.isEmpty { return (bytes, FileStatus(status)) }
            bytes += chunk
            guard bytes.count <= limit else { return nil }
        }
    }

    /// Where a symbolic link points; `nil` when it cannot be read.
    static func destination(of link: [UInt8]) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = link.withCString { readlink($0, &buffer, buffer.count) }
        guard count >= 0 else { return nil }
        return buffer.prefix(count).map(UInt8.init(bitPattern:))
    }

    /// Makes a private file of these bytes, in place of another at once; `modified` is its time, if not now.
    static func store(_ bytes: [UInt8], to path: String, modified: FileStatus.Time? = nil) throws {
        var template = Array("\(path).XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { rest in
                system { write(file, rest.baseAddress, rest.count) }
            }
            guard count > 0 else { throw discarded(template, path) }
            written += count
        }
        if let modified {
            let time = timespec(tv_sec: modified.seconds, tv_nsec: modified.nanoseconds)
            guard futimens(file, [time, time]) == 0 else { throw discarded(template, path) }
        }
        guard rename(template, path) == 0 else { throw discarded(template, path) }
    }

    /// Copies a file with its time; returns whether there was one.
    ///
    /// The time matters for an index: git distrusts what was modified as late as the index itself.
    static func copy(_ source: String, to target: String) throws -> Bool {
        guard let (bytes, status) = load(Array(source.utf8), followsLink: true) else {
            guard access(source, F_OK) == 0 else { return false }
            throw ChangeError(.repository, "\(source) cannot be read: \(String(cString: strerror(errno)))")
        }
        try store(bytes, to: target, modified: status.modified)
        return true
    }

    private static func discarded(_ draft: [CChar], _ path: String) -> ChangeError {
        let failure = failure(path)
        unlink(draft)
        return failure
    }

    private static func failure(_ path: String) -> ChangeError {
        ChangeError(.storage, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }

    private static func system(_ call: () -> Int) -> Int {
        while true {
            let count = call()
            if count >= 0 || errno != EINTR { return count }
        }
    }
}
