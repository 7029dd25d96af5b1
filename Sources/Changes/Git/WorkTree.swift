#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Files that git can look at: those of a repository of the user, or of a directory that is in none.
struct WorkTree {
    /// Its root, an absolute path without links.
    var top: String
    /// The part of it that is of interest: empty, or a path under the root that ends in a slash.
    var prefix = ""
    /// The index to begin with; need not exist.
    var index: String
    /// The repository's own data; `nil` where there is no repository.
    var repository: Repository?
    /// Folders that are left out beside what `.gitignore` says.
    var ignored: [String] = []
    /// Files of more bytes are told apart by size and time.
    var contentLimit: Int

    /// What is read of a repository, and never written.
    struct Repository {
        var directory: String
        var objects: String
        var exclude: String
        var attributes: String
        /// All of the configuration, by key, the last value of each.
        var settings: [String: String]
    }

    /// A file in a repository has to be large to be nothing that a reader wants to see.
    static let contentLimitInRepository = 8 << 20

    /// A directory in no repository; all its files have to be read and kept once.
    init(directory: String, index: String) throws {
        guard let path = realpath(directory, nil) else {
            throw ChangeError(.directory, "\(directory) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { free(path) }
        top = String(cString: path)
        self.index = index
        ignored = DirectoryWalk.ignored
        contentLimit = 1 << 20
    }

    private init(top: String, prefix: String, index: String, repository: Repository) {
        self.top = top
        self.prefix = prefix
        self.index = index
        self.repository = repository
        contentLimit = Self.contentLimitInRepository
    }

    /// Whether git and we spell object names with 64 digits.
    var usesSHA256: Bool { repository?.settings["extensions.objectformat"] == "sha256" }

    /// Finds the repository whose files those of `directory` are.
    ///
    /// - Returns: `nil` when there is none, when it has no files (a bare one), or when it ignores the directory.
    /// - Throws: ``ChangeError`` with the words of git when there is one that git cannot use.
    static func find(_ directory: String, git: Git) async throws -> WorkTree? {
        let paths = ["index", "objects", "info/exclude", "info/attributes"]
        let asked = try await git.run(
            ["rev-parse", "--is-inside-work-tree", "--show-toplevel", "--git-dir"]
                + paths.flatMap { ["--git-path", $0] } + ["--show-prefix"], in: directory)
        let answers = asked.lines
        if answers.first == "false" { return nil }
        guard asked.isSuccess, answers.count == 8 else {
            let isThere = asked.isSuccess || hasRepository(above: directory)
            guard isThere else { return nil }
            let words = asked.reason.isEmpty ? "a path with a line feed" : asked.reason
            throw ChangeError(.repository, "git cannot use the repository of \(directory): \(words)")
        }
        let known = answers[1...6].map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" }
        let (top, prefix) = (known[0], answers[7])
        if !prefix.isEmpty {
            let check = ["-c", "core.fsmonitor=", "check-ignore", "-q", "--", prefix]
            guard try await !git.run(check, in: top).isSuccess else { return nil }
        }
        let listed = try await git.run(["config", "--list", "-z"], in: top)
        guard listed.isSuccess else {
            throw ChangeError(.repository, "git cannot read the configuration of \(top): \(listed.reason)")
        }
        let repository = Repository(
            directory: known[1], objects: known[3], exclude: known[4], attributes: known[5],
            settings: settings(listed.fields))
        return WorkTree(top: top, prefix: prefix, index: known[2], repository: repository)
    }

    private static func settings(_ fields: [ArraySlice<UInt8>]) -> [String: String] {
        let pairs = fields.map { field in
            let parts = field.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
            // A key without a value stands for yes.
            let value = parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : "true"
            return (String(decoding: parts[0], as: UTF8.self), value)
        }
        return Dictionary(pairs) { $1 }
    }

    /// Whether there is a `.git` in the directory or above it that is more than an empty folder, which sandboxes leave.
    private static func hasRepository(above directory: String) -> Bool {
        var folder = directory[...]
        while true {
            let path = Array("\(folder)/.git".utf8)
            if let status = FileStatus(at: path) {
                if status.kind != .directory { return true }
                if DirectoryWalk.names(in: path)?.isEmpty != true { return true }
            }
            guard let slash = folder.lastIndex(of: "/") else { return false }
            folder = folder[..<slash]
        }
    }
}
