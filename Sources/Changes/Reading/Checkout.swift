import Processes

/// The files of a repository as git sees them, asked so that nothing is written and no program runs.
struct Checkout {
    let tree: WorkTree
    /// The commit that is checked out; nil before the first one.
    let head: String?
    private let desk: Desk
    private let objects: [String]

    /// Lays out a desk for the repository `tree` in `folder`, which is empty; nothing is written to `store`.
    init(_ tree: WorkTree, git: Git, folder: String, store: String) async throws {
        self.tree = tree
        head = try await Self.commit("HEAD", in: tree, git: git)
        objects = tree.repository.map { [$0.objects] } ?? []
        desk = try Desk(git: git, tree: tree, path: folder, objects: store)
        if let head { try Content.store(Array("\(head)\n".utf8), to: "\(folder)/HEAD") }
        if let exclude = tree.repository.flatMap({ Content.load(Array($0.exclude.utf8), followsLink: true)?.bytes }) {
            try Content.store(exclude, to: "\(folder)/info/exclude")
        }
    }

    /// The name of the commit that `revision` means; nil for none.
    private static func commit(_ revision: String, in tree: WorkTree, git: Git) async throws -> String? {
        let found = try await git.run(
            ["rev-parse", "--verify", "-q", "--end-of-options", "\(revision)^{commit}"], in: tree.top)
        return found.isSuccess ? found.lines.first : nil
    }

    // MARK: Differences

    /// What git's status says of the files of the directory.
    func status() async throws -> [StatusEntry] {
        let outcome = try await run(
            ["status", "--porcelain=v1", "-z", "--untracked-files=normal", "--ignore-submodules=dirty"] + paths)
        return StatusEntry.read(outcome.fields, below: tree.prefix)
    }

    /// The files that differ from the last commit, with the lines that were added and removed.
    func changedFiles() async throws -> [ChangedFile] {
        let outcome = try await run(["diff", "--raw", "--numstat", "-z"] + diffOptions + [base, "--"])
        return TreeDiff.files(outcome.fields)
    }

    /// Hands the difference from the last commit to `take` until that returns `false`; files of secrets are left out.
    func patch(_ take: ([UInt8]) -> Bool) async throws {
        let arguments = ["diff", "-p"] + diffOptions + ["--src-prefix=a/", "--dst-prefix=b/"]
        var isEnough = false
        let outcome = try await desk.git.run(
            arguments + [base, "--", ":(top)"] + SecretFile.exclusions, in: tree.top,
            adding: desk.variables(reading: objects).merging(["GIT_LITERAL_PATHSPECS": "0"]) { $1 },
            take: { chunk in
                isEnough = !take(chunk)
                return !isEnough
            })
        guard outcome.isSuccess || isEnough else { throw failure("diff", outcome) }
    }

    /// The files that the commit `name` changed.
    func files(of name: String) async throws -> [ChangedFile] {
        let parent = try await Self.commit("\(name)^1", in: tree, git: desk.git)
        let diff = TreeDiff(desk: desk, old: parent ?? emptyTree, new: name, objects: objects)
        return try await diff.files().files
    }

    // MARK: Files

    /// Hands the paths of the directory's files to `take` until that returns `false`, those under version control first.
    func paths(_ take: ([UInt8]) -> Bool) async throws {
        for which in [["--cached"], ["--others", "--exclude-standard"]] {
            var isEnough = false
            try await list(["ls-files", "-z"] + which + paths) { path in
                isEnough = !take(path)
                return !isEnough
            }
            if isEnough { return }
        }
    }

    /// Hands the paths of the text files that have what `search` looks for to `take` until that returns `false`.
    func paths(with search: TextSearch, _ take: ([UInt8]) -> Bool) async throws {
        var arguments = ["grep", "-l", "-z", "-I", "--fixed-strings", "--no-color", "--no-recurse-submodules"]
        if search.ignoresCase { arguments.append("--ignore-case") }
        var seen: Set<[UInt8]> = []
        // With the second option git looks at what it does not ignore, with the first at what is under version control.
        for which in [[], ["--untracked"]] {
            var isEnough = false
            try await list(arguments + which + ["-e", search.text] + paths, noneStatus: 1) { path in
                guard seen.insert(path).inserted else { return true }
                isEnough = !take(path)
                return !isEnough
            }
            if isEnough { return }
        }
    }

    /// Runs git and hands each of the paths in its output to `take`, relative to the directory.
    private func list(_ arguments: [String], noneStatus: Int32 = 0, _ take: ([UInt8]) -> Bool) async throws {
        var rest: [UInt8] = []
        var isEnough = false
        let prefix = tree.prefix.utf8.count
        let outcome = try await desk.git.run(
            arguments, in: tree.top, adding: desk.variables(reading: objects),
            take: { chunk in
                rest += chunk
                var parts = rest.split(separator: 0, omittingEmptySubsequences: false)
                rest = Array(parts.removeLast())
                for part in parts where !isEnough { isEnough = !take(Array(part.dropFirst(prefix))) }
                return !isEnough
            })
        let isFine = outcome.isSuccess || outcome.status == .exited(noneStatus) || isEnough
        guard isFine else { throw failure(arguments[0], outcome) }
    }

    // MARK: git

    private var diffOptions: [String] {
        ["-M", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=dirty"]
            + (tree.prefix.isEmpty ? [] : ["--relative=\(tree.prefix)"])
    }

    private var paths: [String] { ["--"] + (tree.prefix.isEmpty ? [] : [tree.prefix]) }

    private var base: String { head ?? emptyTree }

    /// The name of the tree without files, which git knows by itself.
    private var emptyTree: String {
        tree.usesSHA256
            ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
            : "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    }

    private func run(_ arguments: [String]) async throws -> Git.Outcome {
        let outcome = try await desk.attempt(arguments, reading: objects)
        guard outcome.isSuccess else { throw failure(arguments[0], outcome) }
        return outcome
    }

    private func failure(_ command: String, _ outcome: Git.Outcome) -> ReadingError {
        .git(command, outcome)
    }
}
