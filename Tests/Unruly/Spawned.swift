#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Starts this very program again.
enum Spawned {
    /// Where this program is.
    static var path: String {
        get throws {
            let name = CommandLine.arguments[0]
            guard let path = realpath(name, nil) else { throw Unusable(what: name) }
            defer { free(path) }
            return String(cString: path)
        }
    }

    private static var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        #if canImport(Darwin)
            _NSGetEnviron().pointee
        #else
            environ
        #endif
    }

    /// Starts it with `arguments`, in an environment as `manners` say; returns its number.
    static func itself(_ arguments: [String], in manners: Manners) throws -> pid_t {
        let path = try path
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var none: [UnsafeMutablePointer<CChar>?] = [nil]
        var pid: pid_t = 0
        let result =
            manners.clearsEnvironment
            ? posix_spawn(&pid, path, nil, nil, &words, &none)
            : posix_spawn(&pid, path, nil, nil, &words, environment)
        guard result == 0 else { throw Unusable(what: "\(path): \(String(cString: strerror(result)))") }
        return pid
    }
}
