/// What relative paths and `~` in a layer count from.
package struct PathBase: Hashable, Sendable {
    /// The user's home directory, absolute.
    package let home: String
    /// The directory of the file a value stands in, or the current one; absolute.
    package let directory: String

    /// A base of two absolute directories.
    package init(home: String, directory: String) {
        self.home = home
        self.directory = directory
    }

    /// `path` as an absolute one: `~` and `~/…` are in the home directory, others in the directory of the base.
    ///
    /// Empty and `.` parts go; `..` stays, because a symbolic link may stand before it.
    package func absolute(_ path: String) -> String {
        let whole =
            if path == "~" || path.hasPrefix("~/") {
                home + path.dropFirst()
            } else if path.hasPrefix("/") {
                path
            } else {
                directory + "/" + path
            }
        return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// `path` as a person would write it: without the directory of the base, or with `~`.
    package func short(_ path: String) -> String {
        for (prefix, sign) in [(directory, ""), (home, "~/")] where prefix != "/" && path.hasPrefix(prefix + "/") {
            return sign + path.dropFirst(prefix.count + 1)
        }
        return path
    }

    /// The directory that holds the file at `path`, an absolute path.
    package static func parent(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }
}
