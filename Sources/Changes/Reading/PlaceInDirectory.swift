#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Something inside of a directory, found by a name that somebody typed.
struct PlaceInDirectory {
    /// The name as it is shown, relative to the directory.
    let name: String
    /// The absolute path, without links.
    let path: [UInt8]
    /// The absolute path of the directory, without links.
    let root: [UInt8]
    let status: FileStatus

    /// Finds what is called `typed` in `directory`; nil when there is nothing.
    ///
    /// Refuses what is outside of the directory, also where a link leads out, and files of secrets.
    init?(_ typed: String, in directory: String) throws(ReadingError) {
        let root = try Self.real(Array(directory.utf8)) ?? Array(directory.utf8)
        let shown = PlainLines.shown(path: typed)
        guard let parts = Self.parts(of: typed, in: [directory, String(decoding: root, as: UTF8.self)]) else {
            throw ReadingError(.refused, "\(shown) is outside of the working directory, where nothing is shown")
        }
        name = parts.joined(separator: "/")
        guard let path = try Self.real(root + Array("/\(name)".utf8)) else { return nil }
        guard Self.isInside(path, of: root) else {
            throw ReadingError(.refused, "\(shown) leads out of the working directory, where nothing is shown")
        }
        guard !SecretFile.isOne(path), !SecretFile.isOne(Array(name.utf8)) else {
            throw ReadingError(.refused, "\(shown) is a file of secrets, which are not shown")
        }
        guard let status = FileStatus(at: path) else { return nil }
        (self.path, self.root, self.status) = (path, root, status)
    }

    /// Whether no link leads out of `directory` on the way to what is at `path` in it.
    static func isReached(_ path: [UInt8], in directory: String) -> Bool {
        // What cannot be read is not reached.
        guard let root = try? real(Array(directory.utf8)), let place = try? real(root + [UInt8(ascii: "/")] + path)
        else { return false }
        return isInside(place, of: root)
    }

    private static func isInside(_ path: [UInt8], of root: [UInt8]) -> Bool {
        path == root || path.starts(with: root.last == UInt8(ascii: "/") ? root : root + [UInt8(ascii: "/")])
    }

    /// The parts of a path relative to one of `roots`, without `.` and `..`; nil when it leads out.
    private static func parts(of typed: String, in roots: [String]) -> [String]? {
        var rest = typed[...]
        if typed.hasPrefix("/") {
            guard let root = roots.first(where: { typed == $0 || typed.hasPrefix($0 + "/") }) else { return nil }
            rest = typed.dropFirst(root.count)
        }
        var parts: [String] = []
        for part in rest.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts
    }

    /// The path without links; nil when there is nothing.
    private static func real(_ path: [UInt8]) throws(ReadingError) -> [UInt8]? {
        guard !path.contains(0) else { return nil }
        guard let found = path.withCString({ realpath($0, nil) }) else {
            if errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG { return nil }
            let name = PlainLines.shown(path: path)
            throw ReadingError(.noFile, "\(name) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { free(found) }
        return Array(String(cString: found).utf8)
    }
}
