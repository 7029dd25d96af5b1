#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where programs are found.
public enum Executables {
    /// Looks `name` up as a shell does.
    ///
    /// - Parameters:
    ///   - name: The program's name. One with a slash is a path already, and is returned when it can be executed.
    ///   - path: The directories to search, separated by colons; `nil` finds nothing. Relative ones are skipped: what
    ///     they mean depends on the directory of whoever looks.
    /// - Returns: The path of the first regular file of that name that this process may execute.
    public static func find(_ name: String, path: String?) -> String? {
        candidates(for: name, path: path).first { state(of: $0) == .executable }
    }

    static func candidates(for name: String, path: String?) -> [String] {
        guard !name.isEmpty else { return [] }
        guard !name.contains("/") else { return [name] }
        return (path ?? "").split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
    }

    enum State: Hashable {
        case executable
        case notExecutable
        /// There is nothing by that name, or no way to see it.
        case missing
    }

    static func state(of path: String) -> State {
        var status = stat()
        guard stat(path, &status) == 0 else { return .missing }
        let isFile = status.st_mode & S_IFMT == S_IFREG
        return isFile && access(path, X_OK) == 0 ? .executable : .notExecutable
    }

    /// `nil` when `path` is a directory that this process may enter, else why not.
    static func obstacle(toEntering path: String) -> Int32? {
        var status = stat()
        guard stat(path, &status) == 0 else { return errno }
        guard status.st_mode & S_IFMT == S_IFDIR else { return ENOTDIR }
        return access(path, X_OK) == 0 ? nil : errno
    }
}
