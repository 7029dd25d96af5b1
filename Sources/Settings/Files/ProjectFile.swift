/// Where the project's file is.
package struct ProjectFile: Hashable, Sendable {
    /// The names it may have; the first that is there counts.
    package static let names = [
        "codex-monitor.config.json", ".codex-monitor.json", "codex-monitor.json",
    ]

    /// Its absolute path.
    package let path: String
    /// Files that are there too, but do not count; absolute paths.
    package let hidden: [String]

    /// Looks in `directory`, an absolute path; nil when there is none.
    ///
    /// What is there but cannot be read counts too.
    package init?(in directory: String, files: FileAccess) {
        let present = Self.paths(in: directory).filter { path in
            do {
                return try files.read(path, SourceFile.limit) != nil
            } catch {
                return true
            }
        }
        guard let path = present.first else { return nil }
        self.path = path
        hidden = Array(present.dropFirst())
    }

    /// Where it may be in `directory`, an absolute path.
    static func paths(in directory: String) -> [String] {
        names.map { PathBase(home: directory, directory: directory).absolute($0) }
    }
}
