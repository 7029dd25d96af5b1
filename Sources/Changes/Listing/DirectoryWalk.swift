#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Goes through the files of a directory; what builds leave, and links, are not gone into.
struct DirectoryWalk {
    /// Folders that hold what can be made again, or what is not the user's work; `.git` is among them.
    static let ignored = [
        ".git", ".build", ".cache", ".gradle", ".idea", ".mypy_cache", ".next", ".nuxt", ".parcel-cache",
        ".pytest_cache", ".ruff_cache", ".svelte-kit", ".swiftpm", ".terraform", ".tox", ".turbo", ".venv", ".vscode",
        "DerivedData", "__pycache__", "bower_components", "build", "dist", "node_modules", "target", "venv",
    ]

    private static let ignoredBytes = Set(ignored.map { Array($0.utf8) })

    /// An absolute path.
    let root: String

    /// Visits each file and link by its path under the root, until `visit` says `false` or the task is cancelled.
    ///
    /// - Returns: How many folders could not be read.
    @discardableResult func run(_ visit: ([UInt8], FileStatus) throws -> Bool) throws -> Int {
        var unreadable = 0
        var folders: [[UInt8]] = [[]]
        while let folder = folders.popLast() {
            guard let names = Self.names(in: path(of: folder)) else {
                if folder.isEmpty {
                    throw ChangeError(.directory, "\(root) cannot be read: \(String(cString: strerror(errno)))")
                }
                unreadable += 1
                continue
            }
            for name in names {
                try Task.checkCancellation()
                let path = folder.isEmpty ? name : folder + [UInt8(ascii: "/")] + name
                guard let status = FileStatus(at: self.path(of: path)) else { continue }
                switch status.kind {
                case .directory: if !Self.ignoredBytes.contains(name) { folders.append(path) }
                case .file, .link: guard try visit(path, status) else { return unreadable }
                case .other: continue
                }
            }
        }
        return unreadable
    }

    /// The whole path of what is at `path` under the root.
    func path(of path: [UInt8]) -> [UInt8] { Array(root.utf8) + [UInt8(ascii: "/")] + path }

    /// The names in a folder; `nil` when it cannot be read.
    static func names(in folder: [UInt8]) -> [[UInt8]]? {
        guard let stream = folder.withCString({ opendir($0) }) else { return nil }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [UInt8(ascii: ".")], name != Array("..".utf8) { names.append(name) }
        }
        return names
    }
}
