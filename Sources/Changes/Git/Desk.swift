#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A git directory of our own over files of the user, for one operation.
///
/// It has the user's index as a copy, and of the user's configuration only what says which contents are the same. So
/// no hook, filter, file system monitor, text conversion or pager can run, whoever wrote it into a configuration: an
/// agent may have, and git here is not in the agent's sandbox. What a filter would have made of a file (Git LFS) is
/// therefore not seen: such a file is compared as it lies there. Line ends and encodings are converted as the
/// repository wants, or a touched file would look like a changed one.
///
/// Objects are written with the user's objects out of sight: git marks an object that is there already as used,
/// by its time, and nothing of the user's is to change. They are in sight for reading only.
struct Desk {
    let git: Git
    let tree: WorkTree
    /// The folder of the operation.
    let path: String
    /// Where objects are written.
    let objects: String

    var index: String { "\(path)/index" }

    /// Lays out the desk; `path` is an empty folder.
    init(git: Git, tree: WorkTree, path: String, objects: String) throws {
        self.git = git
        self.tree = tree
        self.path = path
        self.objects = objects
        for folder in ["refs", "info"] {
            guard mkdir("\(path)/\(folder)", 0o700) == 0 else {
                throw ChangeError(.storage, "\(path) cannot be written: \(String(cString: strerror(errno)))")
            }
        }
        try Content.store(Array("ref: refs/heads/main\n".utf8), to: "\(path)/HEAD")
        try Content.store(Array(configuration.utf8), to: "\(path)/config")
        let attributes =
            tree.repository.flatMap { Content.load(Array($0.attributes.utf8), followsLink: true)?.bytes } ?? []
        // The last line wins, and the file over all others. Older gits read the user's own configuration, filters and
        // all, whatever we say.
        try Content.store(attributes + Array("\n* -filter\n".utf8), to: "\(path)/info/attributes")
        guard try Content.copy(tree.index, to: index) else { return }
        // A split index has its other part beside it.
        let folder = tree.index.dropLast("index".count)
        for name in DirectoryWalk.names(in: Array(folder.utf8)) ?? [] where name.starts(with: "sharedindex.".utf8) {
            let name = String(decoding: name, as: UTF8.self)
            _ = try Content.copy("\(folder)\(name)", to: "\(path)/\(name)")
        }
    }

    /// Runs git in the tree's root; throws when it fails.
    @discardableResult func run(
        _ arguments: [String], reading objects: [String] = [], input: [UInt8] = []
    ) async throws -> Git.Outcome {
        let outcome = try await attempt(arguments, reading: objects, input: input)
        guard outcome.isSuccess else { throw failure(arguments[0], outcome) }
        return outcome
    }

    /// Runs git in the tree's root; it may fail.
    func attempt(
        _ arguments: [String], reading objects: [String] = [], input: [UInt8] = []
    ) async throws -> Git.Outcome {
        try await git.run(arguments, in: tree.top, adding: variables(reading: objects), input: input)
    }

    func failure(_ command: String, _ outcome: Git.Outcome) -> ChangeError {
        let words = outcome.reason.isEmpty ? "git \(command) \(outcome.status)" : outcome.reason
        return ChangeError(.git, "what changed in \(tree.top) cannot be told: \(words)")
    }

    /// What makes git use the desk; `objects` are further folders of objects, which it reads.
    func variables(reading objects: [String]) -> [String: String] {
        var variables = [
            "GIT_DIR": path, "GIT_WORK_TREE": tree.top, "GIT_INDEX_FILE": index, "GIT_OBJECT_DIRECTORY": self.objects,
            "GIT_LITERAL_PATHSPECS": "1", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_ATTR_NOSYSTEM": "1",
        ]
        if !objects.isEmpty {
            variables["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = objects.map(Self.quoted).joined(separator: ":")
        }
        return variables
    }

    /// The user's settings that say when contents are the same, and ours.
    private var configuration: String {
        let settings = tree.repository?.settings ?? [:]
        let kept = [
            "filemode", "ignorecase", "symlinks", "precomposeunicode", "protecthfs", "protectntfs", "autocrlf", "eol",
            "excludesfile", "attributesfile", "trustctime", "checkstat", "sparsecheckout", "sparsecheckoutcone",
        ]
        var lines = ["[core]", "repositoryformatversion = \(tree.usesSHA256 ? 1 : 0)", "bare = false"]
        lines += kept.compactMap { key in settings["core.\(key)"].map { "\(key) = \(Self.quoted($0))" } }
        lines += [
            "hooksPath = /dev/null", "fsmonitor = false", "splitIndex = false", "untrackedCache = false",
            "safecrlf = false", "quotePath = false", "looseCompression = 1",
            "[index]", "sparse = false", "[gc]", "auto = 0", "[diff]", "renameLimit = 1000",
        ]
        if tree.usesSHA256 { lines += ["[extensions]", "objectformat = sha256"] }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text in quotes, as git reads them in configuration and in lists of paths.
    private static func quoted(_ text: String) -> String {
        let escaped = text.map { character -> String in
            switch character {
            case "\"", "\\": "\\\(character)"
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
