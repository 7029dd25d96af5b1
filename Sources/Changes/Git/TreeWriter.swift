/// Makes a git tree of the files of a work tree as they are now.
struct TreeWriter {
    let git: Git
    let storage: Storage
    let week: Storage.Week

    /// A tree, and what is needed to read it.
    struct Tree {
        /// The name of the tree of the directory asked for.
        var name: String
        /// Folders with objects of the user.
        var objects: [String] = []
        /// What is not in it, for people.
        var remarks: [String] = []
    }

    /// More repositories inside of a repository are not gone into.
    private static let nestedLimit = 32
    /// Repositories inside of repositories inside of repositories are enough.
    private static let depthLimit = 3
    /// So many files that git cannot take are stood in for.
    private static let failureLimit = 100

    /// Writes the tree of `tree`'s prefix.
    func write(_ tree: WorkTree, depth: Int = 1) async throws -> Tree {
        let folder = try storage.makeWorkFolder()
        defer { Storage.remove(folder) }
        let desk = try Desk(git: git, tree: tree, path: folder, objects: week.objects)
        var result = Tree(name: "", objects: tree.repository.map { [$0.objects] } ?? [])
        let entries = IndexEntries(try await desk.run(["ls-files", "-s", "-z"], reading: result.objects).output)
        var candidates = try await candidates(desk, reading: result.objects)
        candidates.formUnion(entries.unmerged)
        let prefix = Array(tree.prefix.utf8)
        candidates.formUnion(entries.repositories.filter { $0.starts(with: prefix) })

        let root = Array(tree.top.utf8) + [UInt8(ascii: "/")]
        let sorted = candidates.sorted { $0.lexicographicallyPrecedes($1) }
        let kinds = sorted.map { (path: $0, kind: Candidate(at: root + $0, limit: tree.contentLimit)) }
        func paths(_ kind: Candidate) -> [[UInt8]] { kinds.filter { $0.kind == kind }.map(\.path) }

        if tree.repository?.settings["index.sparse"] == "true" {
            // Such an index has trees instead of files, which cannot be looked into later.
            try await desk.run(["update-index", "--force-write-index"], reading: result.objects)
        }
        try await keepLineEnds(paths(.content), entries, desk, result.objects)
        let (refused, gone) = try await update(paths(.content), desk)
        try await standIn(for: paths(.standIn) + refused, desk)
        try await remove(paths(.removal) + gone, desk)
        if tree.repository == nil { try keep(desk.index, as: tree.index) }
        try await graft(paths(.repository), desk, depth, &result)
        result.name = try await name(desk)
        return result
    }

    /// What git finds modified, deleted or untracked.
    private func candidates(_ desk: Desk, reading objects: [String]) async throws -> Set<[UInt8]> {
        var arguments = ["ls-files", "-t", "-z", "-m", "-o", "--exclude-standard"]
        if let exclude = desk.tree.repository?.exclude, FileStatus(at: Array(exclude.utf8)) != nil {
            arguments.append("--exclude-from=\(exclude)")
        }
        arguments += desk.tree.ignored.map { "--exclude=\($0)/" } + ["--"]
        if !desk.tree.prefix.isEmpty { arguments.append(desk.tree.prefix) }
        let found = try await desk.run(arguments, reading: objects).fields
        // A letter and a space come before the path, and a slash after that of an untracked repository.
        return Set(found.map { Array($0.last == UInt8(ascii: "/") ? $0.dropFirst(2).dropLast() : $0.dropFirst(2)) })
    }

    /// Puts what the index has of files with CRLF where git finds it while it writes.
    ///
    /// It looks there whether such a file had a CR before, and leaves its line ends alone then.
    private func keepLineEnds(
        _ paths: [[UInt8]], _ entries: IndexEntries, _ desk: Desk, _ objects: [String]
    ) async throws {
        guard !objects.isEmpty, !paths.isEmpty else { return }
        let root = Array(desk.tree.top.utf8) + [UInt8(ascii: "/")]
        let names = entries.objects(of: Set(paths)).compactMap { path, name in
            Content.load(root + path)?.bytes.contains(UInt8(ascii: "\r")) == true ? name : nil
        }
        guard !names.isEmpty else { return }
        let list = Array((names.joined(separator: "\n") + "\n").utf8)
        let pack = try await desk.attempt(
            ["pack-objects", "-q", "--stdout", "--window=0"], reading: objects, input: list)
        // What is missing in the repository cannot be kept; git takes it for a file without a CR.
        guard pack.isSuccess else { return }
        try await desk.run(["unpack-objects", "-q"], input: pack.output)
    }

    /// Takes the contents of `paths` into the index.
    ///
    /// - Returns: Those that git refused: unreadable or unconvertible ones, and ones that have gone or are behind
    ///   a link now.
    private func update(
        _ paths: [[UInt8]], _ desk: Desk
    ) async throws -> (refused: [[UInt8]], gone: [[UInt8]]) {
        var (refused, gone): ([[UInt8]], [[UInt8]]) = ([], [])
        var parts = paths.isEmpty ? [] : [paths[...]]
        // git stops at the first file that it cannot take, and does not say which in a form to rely on. So the list
        // is halved until that is alone.
        while let part = parts.popLast() {
            let outcome = try await desk.attempt(
                ["update-index", "--add", "--remove", "--replace", "-z", "--stdin"],
                input: Self.list(part))
            if outcome.isSuccess { continue }
            guard part.count == 1 else {
                let middle = part.startIndex + part.count / 2
                parts += [part[middle...], part[..<middle]]
                continue
            }
            let isMissing = FileStatus.isMissing(at: Array("\(desk.tree.top)/".utf8) + (part.first ?? []))
            if isMissing || outcome.complaint.contains("beyond a symbolic link") {
                gone += part
            } else {
                refused += part
            }
            guard refused.count <= Self.failureLimit else { throw desk.failure("update-index", outcome) }
        }
        return (refused, gone)
    }

    private func standIn(for paths: [[UInt8]], _ desk: Desk) async throws {
        guard !paths.isEmpty else { return }
        let root = Array(desk.tree.top.utf8) + [UInt8(ascii: "/")]
        var stream: [UInt8] = []
        for (number, path) in paths.enumerated() {
            let content = Candidate.standIn(for: root + path)
            stream += Array("blob\nmark :\(number + 1)\ndata \(content.count)\n".utf8) + content + [10]
        }
        let marks = "\(desk.path)/marks"
        try await desk.run(
            ["fast-import", "--quiet", "--done", "--export-marks=\(marks)"], input: stream + Array("done\n".utf8))
        let lines = String(decoding: Content.load(Array(marks.utf8))?.bytes ?? [], as: UTF8.self).split(separator: "\n")
        var entries: [UInt8] = []
        for line in lines {
            let fields = line.dropFirst().split(separator: " ")
            guard fields.count == 2, let number = Int(fields[0]), paths.indices.contains(number - 1) else { continue }
            entries += Array("100644 \(fields[1]) 0\t".utf8) + paths[number - 1] + [0]
        }
        try await desk.run(["update-index", "--add", "--replace", "-z", "--index-info"], input: entries)
    }

    private func remove(_ paths: [[UInt8]], _ desk: Desk) async throws {
        guard !paths.isEmpty else { return }
        try await desk.run(["update-index", "--force-remove", "-z", "--stdin"], input: Self.list(paths[...]))
    }

    private func keep(_ index: String, as target: String) throws {
        // Without files there is none.
        _ = try Content.copy(index, to: target)
    }

    /// Puts the trees of repositories inside into this one, so that their files are compared like all others.
    private func graft(_ paths: [[UInt8]], _ desk: Desk, _ depth: Int, _ result: inout Tree) async throws {
        for (number, path) in paths.enumerated() {
            let name = String(decoding: path, as: UTF8.self)
            guard number < Self.nestedLimit, depth < Self.depthLimit, Array(name.utf8) == path,
                let inner = try await nested(desk.tree.top + "/" + name), inner.usesSHA256 == desk.tree.usesSHA256
            else {
                result.remarks.append("The repository in \(name) was not looked into.")
                continue
            }
            let tree = try await write(inner, depth: depth + 1)
            try await remove([path], desk)
            try await desk.run(["read-tree", "--prefix=\(name)/", tree.name])
            result.objects += tree.objects
            result.remarks += tree.remarks
        }
    }

    /// The repository whose root is `path`; `nil` when it is none that git can use.
    private func nested(_ path: String) async throws -> WorkTree? {
        do {
            guard let tree = try await WorkTree.find(path, git: git), tree.prefix.isEmpty else { return nil }
            return tree
        } catch let error as ChangeError where error.code == .repository {
            return nil
        }
    }

    private func name(_ desk: Desk) async throws -> String {
        let whole = ["write-tree", "--missing-ok"]
        let part = desk.tree.prefix.isEmpty ? [] : ["--prefix=\(desk.tree.prefix)"]
        let outcome = try await desk.attempt(whole + part)
        if outcome.isSuccess, let name = outcome.lines.first { return name }
        guard !part.isEmpty, outcome.complaint.hasSuffix("not found") else { throw desk.failure("write-tree", outcome) }
        // The directory has no files; git knows this tree without having it.
        return desk.tree.usesSHA256
            ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
            : "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    }

    private static func list(_ paths: ArraySlice<[UInt8]>) -> [UInt8] {
        var list: [UInt8] = []
        for path in paths { list += path + [0] }
        return list
    }
}
