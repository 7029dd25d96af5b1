#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Files that git keeps for itself, which are never sent to anybody: its configuration may hold passwords in addresses, and
/// its objects hold every file that ever was.
enum GitsOwnFile {
    /// Whether the file at `path` in the directory `root`, which is absolute, is one of them.
    ///
    /// What is below a folder called `.git`, or one of another name that looks like what git puts there.
    static func isOne(_ path: [UInt8], in root: [UInt8]) -> Bool {
        let slash = UInt8(ascii: "/")
        var folder = root
        for part in path.split(separator: slash).dropLast() {
            if String(decoding: part, as: UTF8.self).lowercased() == ".git" { return true }
            folder += [slash] + part
            if isRepository(folder) { return true }
        }
        return false
    }

    private static func isRepository(_ folder: [UInt8]) -> Bool {
        ["/HEAD", "/objects", "/refs"].allSatisfy { FileStatus(at: folder + Array($0.utf8)) != nil }
    }
}
